// What the JavaScript clients under load have in common.
import { createInterface } from "node:readline";

/** A hash over entity ids and states, as in LoadHash.cs. */
export class Heard {
  count = 0;
  value = 2166136261;

  add(entityId, state) {
    this.value = mix(mix(this.value, entityId), state);
    this.count++;
  }
}

function mix(hash, text) {
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  return Math.imul(hash ^ 0xff, 16777619);
}

/** What an address asks for, as in LoadPlan.cs. */
export function plan(url) {
  const [, , , events, , , entities] = new URL(url).pathname.split("/");
  return { events: Number(events), entities: Number(entities) };
}

/**
 * Does what the arguments say to warm up, then once for each address that comes in, and prints the figures.
 * `connect(kind, url, repeats)` gives the work, which hears and says when it is done, and how to close.
 */
export async function measure(connect) {
  const [kind, warmUp, repeats] = process.argv.slice(2);
  if (warmUp) for (let i = 0; i < 4; i++) await run(connect, kind, warmUp, Number(repeats));
  console.log("ready");
  for await (const address of createInterface({ input: process.stdin })) {
    const measured = await run(connect, kind, address, Number(repeats));
    console.log(JSON.stringify({ ...measured, PeakBytes: process.resourceUsage().maxRSS * 1024 }));
  }
  process.exit(0);
}

async function run(connect, kind, url, repeats) {
  const { work, close } = await connect(kind, url, repeats);
  const [heard, took] = [new Heard(), []];
  let start, cpu;
  const restart = () => ([start, cpu] = [process.hrtime.bigint(), process.cpuUsage()]);
  restart();
  await work(heard, took, restart);
  const used = process.cpuUsage(cpu);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  close();
  took.sort((a, b) => a - b);
  return {
    Count: heard.count,
    Hash: heard.value >>> 0,
    Seconds: seconds,
    CpuSeconds: (used.user + used.system) / 1e6,
    MedianMicroseconds: took.length ? took[took.length >> 1] : null,
  };
}
