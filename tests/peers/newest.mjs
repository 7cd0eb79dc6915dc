// Tries the newest peers: node tests/peers/newest.mjs
// Prints which versions differ from the pinned ones, and which tests pass with one and fail with the other. It gates nothing: its
// exit code is 0 whatever it finds, and it changes nothing in the repository.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const pinned = dirname(fileURLToPath(import.meta.url));
const newest = mkdtempSync(join(tmpdir(), "hass-socket-peers-"));

/** The version that a range means today, e.g. of "@trpc/client@10". */
function ask(wanted) {
  const versions = JSON.parse(execFileSync("npm", ["view", wanted, "version", "--json"], { encoding: "utf8" }));
  return [versions].flat().sort((one, other) => one.localeCompare(other, undefined, { numeric: true })).at(-1);
}

/** Puts the newest versions into one package.json. An alias is pinned to an old version on purpose, and stays. */
function renew(folder, range) {
  const file = join(newest, folder, "package.json");
  const manifest = JSON.parse(readFileSync(file, "utf8"));
  for (const [name, version] of Object.entries(manifest.dependencies)) {
    if (version.startsWith("npm:")) continue;
    const now = ask(name + range(name));
    if (now !== version) console.log(`${join(folder, name)}: pinned ${version}, newest ${now}`);
    manifest.dependencies[name] = now;
  }
  delete manifest.scripts;
  writeFileSync(file, JSON.stringify(manifest, null, 2));
  execFileSync("npm", ["install", "--prefix", join(newest, folder), "--no-package-lock"], { stdio: "inherit" });
}

/** The outcome of each test with real peers, by its name. */
function test(peers) {
  const filter = ["test", "HassSocket.sln", "--filter", "FullyQualifiedName~Peers", "--logger", "console;verbosity=normal"];
  const run = spawnSync("dotnet", filter, { cwd: join(pinned, "../.."), encoding: "utf8", env: { ...process.env, HASS_PEERS: peers } });
  return new Map([...run.stdout.matchAll(/^\s+(Passed|Failed|Skipped) (\S+)/gm)].map(([, outcome, name]) => [name, outcome]));
}

try {
  cpSync(pinned, newest, { recursive: true, filter: (path) => !/node_modules|package-lock/.test(path) });
  renew(".", () => "@latest");
  renew("trpc-10", (name) => (name.startsWith("@trpc/") ? "@10" : "@1"));
  const [before, after] = [test(pinned), test(newest)];
  for (const [name, outcome] of after) {
    if (before.get(name) !== outcome) console.log(`${name}: ${before.get(name)} with the pinned versions, ${outcome} with the newest`);
  }
  console.log(`${after.size} tests compared.`);
} catch (error) {
  console.log(`Nothing was compared: ${error.message}`);
} finally {
  rmSync(newest, { recursive: true });
}
