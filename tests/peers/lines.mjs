// How a peer talks to its test: one JSON object a line. Asked {id, ask, with} it writes {id, answer} or {id, error}; by itself it
// writes {note, data}. Only "\n" ends a line: texts may hold U+2028, which Node's own line reader takes for an end.

/** Tells the test of something that happened by itself. */
export function note(name, data = null) {
  write({ note: name, data });
}

/** Answers what the test asks, by the functions of `actions`, and ends with its input: when the test is gone, however it went. */
export function serve(actions) {
  let rest = "";
  process.stdin.setEncoding("utf8");
  process.stdin.on("data", (text) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop();
    for (const line of lines) answer(actions, JSON.parse(line));
  });
  process.stdin.on("end", () => process.exit(0));
}

async function answer(actions, { id, ask, with: args }) {
  try {
    if (!actions[ask]) throw new Error(`This peer cannot ${ask}. It knows: ${Object.keys(actions).join(", ")}.`);
    write({ id, answer: (await actions[ask](args ?? {})) ?? null });
  } catch (error) {
    write({ id, error: describe(error) });
  }
}

/** What was thrown, whatever it was: libraries also reject with bare numbers and objects. */
export function describe(error) {
  return error instanceof Error ? { name: error.name, message: error.message } : error;
}

function write(message) {
  process.stdout.write(JSON.stringify(message) + "\n");
}
