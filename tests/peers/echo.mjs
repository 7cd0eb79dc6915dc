// The smallest peer: what the tests of the conversation itself talk to.
import { note, serve } from "./lines.mjs";

serve({
  echo: (args) => args,
  announce: ({ name }) => note(name, { text: "a\u2028b" }),
  refuse: () => Promise.reject({ code: "not_found" }),
  crash: () => setImmediate(() => { throw new Error("on purpose"); }),
  hang: () => new Promise(() => {}),
  process: () => process.pid,
});
