/** The event loop goes on, whatever an agent puts into a question, up to the longest that is taken. */
// takes: 20 s

import assert from "node:assert/strict";
import { test } from "node:test";
import { goesOn } from "./support/loop-watch.ts";
import { startSandboxBot } from "./support/sandbox-bot.ts";

const TOKEN = "a-token-for-agents-of-a-test";

const PIECES = [
  "(",
  "a{",
  '"',
  "\\",
  "-.-.-",
  "eyJ-",
  "[1m:1s]",
  "A",
  "lag ",
  "\u00ad",
  "://:",
  "'",
];

/** Each tool with the words that it takes as they come, and how many characters of them. */
const TOOLS: readonly (readonly [tool: string, argument: string, longest: number])[] = [
  ["search_runbooks", "question", 4_000],
  ["query_promql", "query", 2_000],
  ["get_section", "id", 500],
  ["consumer_lag", "group", 250],
  ["why_slow", "group", 250],
];

test("an agent may ask what it likes", async (t) => {
  const { bot } = await startSandboxBot(t, (config) => ({
    ...config,
    mcpAuth: [{ kind: "bearer", token: TOKEN }],
  }));
  const call = async (name: string, args: object): Promise<string> => {
    const answer = await fetch(`${bot.url}/mcp`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${TOKEN}`,
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
      },
      body: JSON.stringify({
        jsonrpc: "2.0",
        id: 1,
        method: "tools/call",
        params: { name, arguments: args },
      }),
    });
    return answer.text();
  };
  // The first call loads the SDK, which is no question's doing.
  for (const [tool, argument] of TOOLS) await call(tool, { [argument]: "lag" });
  for (const [tool, argument, longest] of TOOLS) {
    for (const piece of PIECES) {
      const text = piece.repeat(Math.floor(longest / piece.length));
      const what = `${tool}: ${piece}…`;
      const answer = await goesOn(what, () => call(tool, { [argument]: text }));
      assert.match(answer, /"result"|"error"/, what);
    }
  }
});
