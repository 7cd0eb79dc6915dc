// Real tRPC servers in the hands of a test: each `start` makes one, of the version asked for, on a free port of 127.0.0.1.
import { once } from "node:events";
import { describe, note, serve } from "./lines.mjs";
import { WebSocketServer } from "ws";
import { evaluate, load, router, see } from "./trpc-router.mjs";

const servers = new Map();

class Server {
  id = servers.size + 1;
  /** How often mutations have run, by their key. */
  runs = new Map();
  /** What waits until the test releases it. */
  held = [];
  /** What the feeds tell, and their number of items after which the connections are cut. */
  items = [];
  cutAt = new Set();
  /** What was received as text, and what the context throws instead of being made. */
  received = [];
  rejection = null;

  constructor(trpc, options) {
    this.trpc = trpc;
    this.options = options;
    this.router = router(trpc, this);
  }

  /** Tells the test of something, in the name of this server. */
  note(name, data) {
    note(`${this.id}:${name}`, data);
  }

  async listen(port) {
    const { maxPayload, keepAlive, maxBatchSize } = this.options;
    const wss = new WebSocketServer({ host: "127.0.0.1", port, maxPayload });
    wss.on("connection", (socket) => this.hear(socket));
    this.handler = this.trpc.applyWSSHandler({ wss, router: this.router, keepAlive, maxBatchSize, createContext: (call) => this.context(call) });
    this.wss = wss;
    await once(wss, "listening");
    return (this.port = wss.address().port);
  }

  hear(socket) {
    this.note("connected");
    socket.on("message", (data) => {
      const text = String(data);
      this.received.push(text);
      if (text === "PING" || text === "PONG") this.note(text);
    });
    socket.on("close", (code) => this.note("closed", code));
  }

  /** What procedures know of a connection. It must not throw before it has promised: version 10 ends the process then. */
  async context({ req, info }) {
    if (this.rejection) throw new this.trpc.TRPCError(this.rejection);
    return { cookie: req.headers.cookie, source: req.headers["x-trpc-source"], url: req.url, params: info?.connectionParams };
  }

  /** Ends all connections without a word, and waits until everybody here has noticed. */
  async cut() {
    await Promise.all([...this.wss.clients].map((socket) => {
      socket.terminate();
      return once(socket, "close");
    }));
  }

  publish(count) {
    for (let i = 0; i < count; i++) this.items.push(this.items.length + 1);
    this.wake?.resolve();
    this.wake = null;
  }

  /** Waits for items, or for the end of who waits. */
  async more(signal) {
    this.wake ??= deferred();
    const ended = new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
    await Promise.race([this.wake.promise, ended]);
  }

  async close() {
    await this.cut();
    await new Promise((closed) => this.wss.close(closed));
  }
}

function deferred() {
  const parts = {};
  parts.promise = new Promise((resolve) => (parts.resolve = resolve));
  return parts;
}

/** What a test does with a server that it has started. */
const actions = {
  stop: (server) => server.close(),
  cut: (server) => server.cut(),
  publish: (server, { count, cutAt }) => {
    server.cutAt = new Set(cutAt);
    server.publish(count);
  },
  runs: (server, { key }) => server.runs.get(key) ?? 0,
  received: (server) => server.received,
  release: (server) => server.held.splice(0).forEach((go) => go()),
  reject: (server, { rejection }) => void (server.rejection = rejection ?? null),
  notify: (server) => server.handler.broadcastReconnectNotification(),

  /** Ends at once with everything that is open, and begins again at the same port. */
  async restart(server) {
    await server.close();
    await server.listen(server.port);
  },

  /** Ends the polite way: another listens at the same port, then clients are asked to come there, and are served here until they go. */
  async succeed(server) {
    const { wss, handler } = server;
    wss.close(() => server.note("emptied"));
    await server.listen(server.port);
    handler.broadcastReconnectNotification();
  },
};

// The test wants to know of what nobody handles.
process.on("unhandledRejection", (error) => note("unhandled", describe(error)));

serve({
  async start({ version, ...options }) {
    const server = new Server(await load(version), options);
    servers.set(server.id, server);
    return { id: server.id, port: await server.listen(0) };
  },
  on: ({ server, action, args }) => actions[action](servers.get(server), args ?? {}),
  /** What a server would see, were it given the value of an expression. */
  see: ({ expression }) => see(evaluate(expression)),
  codes: async ({ version }) => (await load(version)).codes,
});
