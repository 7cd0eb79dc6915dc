// The official JavaScript client under the load of tests/HassSocket.Benchmarks, which starts this and reads the line that it prints:
// node speed.mjs <kind> <address> <address for warming up, or empty> <repeats>
import { createConnection, subscribeEntities } from "home-assistant-js-websocket";
import WebSocket from "ws";

globalThis.WebSocket = WebSocket;
const [kind, address, warmUp, repeatsText] = process.argv.slice(2);
const repeats = Number(repeatsText);

/** A hash over entity ids and states, as in LoadHash.cs. */
class Heard {
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
function plan(url) {
  const [, , , events, , , entities] = new URL(url).pathname.split("/");
  return { events: Number(events), entities: Number(entities) };
}

/** What each kind of work does with a connection; it says when it is done. */
const works = {
  async Events(connection, heard, url) {
    const wanted = plan(url).events;
    await new Promise((done) => {
      connection.subscribeEvents((event) => {
        heard.add(event.data.entity_id, event.data.new_state.state);
        if (heard.count === wanted) done();
      }, "state_changed");
    });
  },

  async Differences(connection, heard, url, took, restart) {
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

  async Calls(connection, heard, url, took) {
    for (let i = 0; i < repeats; i++) {
      const start = process.hrtime.bigint();
      await call(connection);
      took.push(Number(process.hrtime.bigint() - start) / 1000);
      heard.count++;
    }
  },

  async CallsInFlight(connection, heard) {
    const some = async () => {
      for (let i = 0; i < repeats / 64; i++) {
        await call(connection);
        heard.count++;
      }
    };
    await Promise.all(Array.from({ length: 64 }, some));
  },

  async States(connection, heard) {
    for (let i = 0; i < repeats; i++) {
      for (const state of await connection.sendMessagePromise({ type: "get_states" })) heard.add(state.entity_id, state.state);
    }
  },

  async Entities(connection, heard) {
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

async function run(url) {
  const connection = await createConnection({ auth: { wsUrl: url, accessToken: "t", expired: false }, setupRetry: 0 });
  const [heard, took] = [new Heard(), []];
  let start, cpu;
  const restart = () => ([start, cpu] = [process.hrtime.bigint(), process.cpuUsage()]);
  restart();
  await works[kind](connection, heard, url, took, restart);
  const used = process.cpuUsage(cpu);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  connection.close();
  took.sort((a, b) => a - b);
  return {
    Count: heard.count,
    Hash: heard.value >>> 0,
    Seconds: seconds,
    CpuSeconds: (used.user + used.system) / 1e6,
    MedianMicroseconds: took.length ? took[took.length >> 1] : null,
  };
}

if (warmUp) for (let i = 0; i < 4; i++) await run(warmUp);
const measured = await run(address);
console.log(JSON.stringify({ ...measured, PeakBytes: process.resourceUsage().maxRSS * 1024 }));
process.exit(0);
