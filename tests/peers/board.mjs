// The notice board that examples/03-TrpcConsole talks to: a small tRPC server. It says where it listens, and ends with its input.
import { EventEmitter, on } from "node:events";
import { WebSocketServer } from "ws";
import { initTRPC, tracked } from "@trpc/server";
import { applyWSSHandler } from "@trpc/server/adapters/ws";
import { z } from "zod";
import { note, serve } from "./lines.mjs";

const notices = [];
const news = new EventEmitter();

const t = initTRPC.create({
  errorFormatter: ({ shape, error }) => ({
    ...shape,
    data: { ...shape.data, issues: error.cause?.issues?.map((issue) => `${issue.path.join(".")}: ${issue.message}`) },
  }),
});

const router = t.router({
  notice: {
    list: t.procedure.query(() => notices),
    add: t.procedure
      .input(z.object({ text: z.string().min(1, "must not be empty"), by: z.string() }))
      .mutation(({ input }) => add(input.text, input.by)),
    // What is new; behind lastEventId where a client has seen something before.
    onAdd: t.procedure.input(z.object({ lastEventId: z.string() }).optional()).subscription(async function* ({ input, signal }) {
      const coming = on(news, "notice", { signal });
      let last = input ? Number(input.lastEventId) : notices.length;
      for (const missed of notices.slice(last)) {
        last = missed.id;
        yield tracked(String(missed.id), missed);
      }
      for await (const [notice] of coming) if (notice.id > last) yield tracked(String(notice.id), notice);
    }),
  },
  server: {
    // Everybody is closed as by a restart, and something happens while nobody is there.
    restart: t.procedure.mutation(() => {
      setTimeout(() => {
        for (const client of wss.clients) client.close(1012, "service restart");
        add("Written while nobody was connected", "the server");
      }, 50);
      return true;
    }),
  },
});

function add(text, by) {
  const notice = { id: notices.length + 1, text, by };
  notices.push(notice);
  news.emit("notice", notice);
  return notice;
}

add("Welcome to the board", "the server");
const wss = new WebSocketServer({ host: "127.0.0.1", port: 0 });
applyWSSHandler({ wss, router });
wss.on("listening", () => note("listening", { port: wss.address().port }));
serve({});
