// The official JavaScript client under the load of tests/HassSocket.Benchmarks, which starts this, and reads the lines that it prints:
// node speed.mjs <kind> <address for warming up, or empty> <repeats>; each line that comes in is the address of a load to measure.
import { createConnection, subscribeEntities } from "home-assistant-js-websocket";
import WebSocket from "ws";
import { measure, plan } from "./load.mjs";

globalThis.WebSocket = WebSocket;

/** What each kind of work does with a connection; it says when it is done. */
const works = {
  async Events(connection, heard, { url }) {
    const wanted = plan(url).events;
    await new Promise((done) => {
      connection.subscribeEvents((event) => {
        heard.add(event.data.entity_id, event.data.new_state.state);
        if (heard.count === wanted) done();
      }, "state_changed");
    });
  },

  async Differences(connection, heard, { url, restart }) {
    const wanted = plan(url).events + plan(url).entities;
    const message = { type: "subscribe_entities" };
    await new Promise((done) => {
      connection.subscribeMessage((event) => {
        if (event.a) {
          for (const id in event.a) heard.add(id, event.a[id].s);
          restart();
        }
        for (const id in event.c ?? {}) heard.add(id, event.c[id]["+"].s);
        if (heard.count === wanted) done();
      }, message);
    });
  },

  async Calls(connection, heard, { took, repeats }) {
    for (let i = 0; i < repeats; i++) {
      const start = process.hrtime.bigint();
      await call(connection);
      took.push(Number(process.hrtime.bigint() - start) / 1000);
      heard.count++;
    }
  },

  async CallsInFlight(connection, heard, { repeats }) {
    const some = async () => {
      for (let i = 0; i < repeats / 64; i++) {
        await call(connection);
        heard.count++;
      }
    };
    await Promise.all(Array.from({ length: 64 }, some));
  },

  async States(connection, heard, { repeats }) {
    for (let i = 0; i < repeats; i++) {
      for (const state of await connection.sendMessagePromise({ type: "get_states" })) heard.add(state.entity_id, state.state);
    }
  },

  async EveryEntity(connection, heard, { repeats }) {
    for (let i = 0; i < repeats; i++) {
      let stop;
      await new Promise((done) => {
        stop = subscribeEntities(connection, (entities) => {
          for (const id in entities) heard.add(id, entities[id].state);
          done();
        });
      });
      stop();
      // The collection is forgotten, so that the next one begins anew.
      delete connection._ent;
    }
  },
};

function call(connection) {
  return connection.sendMessagePromise({
    type: "call_service",
    domain: "light",
    service: "turn_on",
    service_data: { brightness_pct: 40 },
    target: { entity_id: "light.kitchen" },
  });
}

await measure(async (kind, url, repeats) => {
  const connection = await createConnection({ auth: { wsUrl: url, accessToken: "t", expired: false }, setupRetry: 0 });
  return {
    work: (heard, took, restart) => works[kind](connection, heard, { url, took, restart, repeats }),
    close: () => connection.close(),
  };
});
