// The procedures of the servers in trpc.mjs, for all versions of @trpc/server that are here.
import { createRequire } from "node:module";
import { inspect } from "node:util";
import superjson from "superjson";
import { z } from "zod";

/** The parts of one version. 10 comes with the superjson of its time. */
export async function load(version) {
  if (version.startsWith("10.")) {
    const require = createRequire(new URL("./trpc-10/package.json", import.meta.url));
    const parts = ["@trpc/server", "@trpc/server/adapters/ws", "@trpc/server/observable"].map((name) => require(name));
    return withCodes({ ...Object.assign({}, ...parts), superjson: prepared(require("superjson").default) }, require("@trpc/server/rpc"), require("@trpc/server/http"));
  }

  const name = version.startsWith("11.18.") ? "trpc-server-11-18" : "@trpc/server";
  const parts = await Promise.all(["", "/adapters/ws", "/observable"].map((part) => import(name + part)));
  const [rpc, http] = await Promise.all(["/rpc", "/http"].map((part) => import(name + part)));
  return withCodes({ ...Object.assign({}, ...parts), superjson: prepared(superjson) }, rpc, http);
}

/** Each key of an error in this version, with its number and its HTTP status. */
function withCodes(trpc, rpc, http) {
  const codes = Object.entries(rpc.TRPC_ERROR_CODES_BY_KEY).map(([key, number]) => {
    return { key, number, httpStatus: http.getHTTPStatusCodeFromError(new trpc.TRPCError({ code: key })) };
  });
  return { ...trpc, codes };
}

globalThis.Celsius = class Celsius {
  constructor(degrees) {
    this.degrees = degrees;
  }
};
globalThis.Kelvin = class Kelvin {
  constructor(degrees) {
    this.degrees = degrees;
  }
};
globalThis.mark = Symbol("mark");
// Stacks and classes of errors do not travel.
Error.prototype[inspect.custom] = function () {
  return `Error(${this.name}: ${this.message}, ${inspect(this.cause)}, ${inspect(this.code)})`;
};

function prepared(json) {
  if (json.isPrepared) return json;
  json.isPrepared = true;
  json.registerClass(Celsius, { identifier: "Celsius" });
  json.registerSymbol(mark, "mark");
  json.registerCustom({ isApplicable: (v) => v instanceof Kelvin, serialize: (v) => v.degrees, deserialize: (v) => new Kelvin(v) }, "Kelvin");
  json.allowErrorProps("code");
  return json;
}

/** The value of an expression of JavaScript: the tests' own words. */
export function evaluate(expression) {
  return (0, eval)(`(${expression})`);
}

/** A value as text, with the places that hold one and the same object. */
export function see(value) {
  const places = new Map();
  look(value, "$", places);
  return { text: inspect(value, { depth: 40, sorted: true, maxArrayLength: null }), same: [...places.values()].filter((paths) => paths.length > 1) };
}

function look(value, path, places) {
  if (typeof value !== "object" || value === null) return;
  const known = places.get(value);
  places.set(value, [...(known ?? []), path].sort());
  if (known) return;
  const entries = value instanceof Map || value instanceof Set ? [...value].entries() : Object.entries(value);
  for (const [name, item] of entries) look(item, `${path}.${name}`, places);
}

/** Makes the router of a server. */
export function router(trpc, server) {
  const t = trpc.initTRPC.create({
    transformer: server.options.superjson ? trpc.superjson : undefined,
    isDev: false,
    errorFormatter: ({ shape, error }) => ({ ...shape, data: { ...shape.data, fields: error.cause instanceof z.ZodError ? error.cause.flatten().fieldErrors : null } }),
  });
  const anything = t.procedure.input((input) => input);
  const run = (key) => {
    server.runs.set(key, (server.runs.get(key) ?? 0) + 1);
    return server.runs.get(key);
  };
  const procedures = {
    greet: t.procedure.input(z.object({ name: z.string().min(2), age: z.number().int() })).query(({ input }) => `Hello, ${input.name} (${input.age})`),
    echo: anything.query(({ input }) => input),
    undefined: t.procedure.query(() => undefined),
    null: t.procedure.query(() => null),
    who: t.procedure.query(({ ctx }) => ctx),
    evaluate: anything.query(({ input }) => evaluate(input)),
    see: anything.mutation(({ input }) => see(input)),
    add: anything.mutation(({ input }) => run(input)),
    hold: anything.mutation(({ input }) => held(server, run(input))),
    fail: anything.query(({ input }) => fail(trpc, input)),
    change: anything.mutation(({ input }) => fail(trpc, input)),
    count: anything.subscription(({ input }) => counted(trpc, input)),
    live: anything.subscription(() => live(trpc, server)),
    refuse: anything.subscription(({ input }) => fail(trpc, input)),
  };
  return t.router(trpc.tracked ? { ...procedures, ...generators(trpc, server, anything) } : procedures);
}

function held(server, runs) {
  return new Promise((go) => {
    server.held.push(() => go(runs));
    server.note("holding");
  });
}

function fail({ TRPCError }, code) {
  throw new TRPCError({ code, message: `because of ${code}` });
}

/** Counts from 1, and ends: well, or with an error. */
function counted({ observable, TRPCError }, { to, code }) {
  return observable((emit) => {
    for (let i = 1; i <= to; i++) emit.next(i);
    if (code) emit.error(new TRPCError({ code, message: `because of ${code}` }));
    else emit.complete();
  });
}

/** Tells what the test publishes from now on, by the clock of nobody. */
function live({ observable }, server) {
  return observable((emit) => {
    const ended = new AbortController();
    (async () => {
      for (let next = server.items.length; !ended.signal.aborted; await server.more(ended.signal)) {
        while (next < server.items.length) emit.next(server.items[next++]);
      }
    })();
    server.note("began");
    return () => {
      ended.abort();
      server.note("ended");
    };
  });
}

/** What version 11 has besides: subscriptions that are generators, and items with ids. */
function generators({ tracked, TRPCError }, server, anything) {
  return {
    generate: anything.subscription(async function* ({ input: { to, code } }) {
      for (let i = 1; i <= to; i++) yield i;
      if (code) throw new TRPCError({ code, message: `because of ${code}` });
    }),
    tracked: anything.subscription(async function* ({ input, signal }) {
      server.note("began", input?.lastEventId ?? null);
      for (let next = Number(input?.lastEventId ?? 0); !signal.aborted; await server.more(signal)) {
        while (next < server.items.length && !signal.aborted) {
          yield tracked(`${++next}`, server.items[next - 1]);
          if (server.cutAt.delete(next)) await server.cut();
        }
      }
      server.note("ended");
    }),
  };
}
