// The TypeScript client under the load of tests/HassSocket.Benchmarks, which starts this, and reads the lines that it prints:
// node trpc-speed.mjs <kind> <address for warming up, or empty> <repeats>; each line that comes in is the address of a load to measure.
import { createTRPCUntypedClient, createWSClient, wsLink } from "@trpc/client";
import WebSocket from "ws";
import { Heard, measure, plan } from "./load.mjs";

const wish = { entityId: "light.kitchen", brightness: 40 };

/** What each kind of work does with a client; it says when it is done. */
const works = {
  async Events(client, heard, { url }) {
    const wanted = plan(url).events;
    await new Promise((done, failed) => {
      client.subscription("entities.subscribe", undefined, {
        onData(item) {
          heard.add(item.entityId, item.state);
          if (heard.count === wanted) done();
        },
        onError: failed,
      });
    });
  },

  async Calls(client, heard, { took, repeats }) {
    for (let i = 0; i < repeats; i++) {
      const start = process.hrtime.bigint();
      await client.mutation("light.turnOn", wish);
      took.push(Number(process.hrtime.bigint() - start) / 1000);
      heard.count++;
    }
  },

  async CallsInFlight(client, heard, { repeats }) {
    const some = async () => {
      for (let i = 0; i < repeats / 64; i++) {
        await client.mutation("light.turnOn", wish);
        heard.count++;
      }
    };
    await Promise.all(Array.from({ length: 64 }, some));
  },
};

await measure(async (kind, url, repeats) => {
  let opened;
  const open = new Promise((done) => (opened = done));
  const socket = createWSClient({ url, WebSocket, onOpen: opened });
  await open;
  const client = createTRPCUntypedClient({ links: [wsLink({ client: socket })] });
  return {
    work: (heard, took) => works[kind](client, heard, { url, took, repeats }),
    close: () => void socket.close(),
  };
});
