// The official JavaScript client, unchanged, in the hands of a test. It expects a browser's WebSocket: "ws" stands in for it.
import { WebSocket } from "ws";
import { Auth, callService, createConnection, createLongLivedTokenAuth, getConfig, getServices, getStates, getUser } from "home-assistant-js-websocket";
import { subscribeConfig, subscribeEntities, subscribeServices } from "home-assistant-js-websocket";
import { describe, note, serve } from "./lines.mjs";

globalThis.WebSocket = WebSocket;

let auth;
let connection;
let entities = {};
let counted = { count: 0, outOfOrder: 0 };
const stops = new Map();

// What nobody handles would end a user's process; the test wants to know of it instead.
process.on("unhandledRejection", (error) => note("unhandled", describe(error)));

serve({
  async connect({ url, token, login }) {
    auth = login
      ? new Auth({ hassUrl: url, clientId: login.clientId, expires: login.expires, access_token: login.accessToken, refresh_token: login.refreshToken })
      : createLongLivedTokenAuth(url, token);
    connection = await createConnection({ auth });
    for (const event of ["ready", "disconnected", "reconnect-error"]) connection.addEventListener(event, (_, data) => note(event, data));
    return { version: connection.haVersion, extensions: connection.socket.extensions };
  },
  read: async () => ({
    user: await getUser(connection),
    state: (await getConfig(connection)).state,
    states: (await getStates(connection)).length,
    domains: Object.keys(await getServices(connection)).length,
  }),
  ping: () => connection.ping(),
  send: ({ message }) => connection.sendMessagePromise(message),
  call: ({ domain, service, data, target, returnResponse }) => callService(connection, domain, service, data, target, returnResponse),

  /** Notes the number of entities at every change of the collection. */
  subscribeEntities: () => void subscribeEntities(connection, (all) => {
    entities = all;
    note("entities", Object.keys(all).length);
  }),
  entity: ({ id }) => entities[id],
  subscribeConfig: () => void subscribeConfig(connection, (config) => note("config", config.state)),
  subscribeServices: () => void subscribeServices(connection, (services) => note("services", Object.keys(services))),

  /** Notes each message of a subscription, by the name given. */
  async subscribe({ name, message }) {
    stops.set(name, await connection.subscribeMessage((event) => note(name, event), message));
  },
  unsubscribe: ({ name }) => stops.get(name)(),

  /** Counts the events of a type, which number themselves, and notes the end of the series. */
  async count({ type, until }) {
    counted = { count: 0, outOfOrder: 0 };
    await connection.subscribeEvents(({ data }) => {
      if (data.number !== counted.count++) counted.outOfOrder++;
      if (counted.count === until) note("counted", counted);
    }, type);
  },
  counted: () => counted,
  revoke: () => auth.revoke(),
  close: () => connection.close(),
});
