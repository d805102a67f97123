/** Questions are for whoever asked them, and for those who see the channel in which they were asked. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { visibleGaps } from "../../../src/features/search/visible-gaps.ts";
import type { Person } from "../../../src/features/shared/interactions.ts";
import { createPermission } from "../../../src/features/shared/permission.ts";
import { createLog, directoryOf } from "../fakes.ts";

const NOBODY = { users: [], groups: [] };
const ASK = { users: [], channels: [] };

/** Bob alone is in the private channel; a direct message has no members that Slack tells. */
const { visible } = createPermission(
  { ask: ASK, query: NOBODY, acknowledge: NOBODY, silence: NOBODY, outsiders: NOBODY },
  {
    groups: { members: async () => [] },
    directory: directoryOf({ members: { C0SECRET: ["U0BOB"], D0BOB: [] } }),
    log: createLog(),
  },
);

const GAPS = [
  { gap: "in public", askings: [{ who: "U0BOB", channel: "C0PUBLIC" }] },
  { gap: "in private", askings: [{ who: "U0BOB", channel: "C0SECRET" }] },
  { gap: "to the bot alone", askings: [{ who: "U0BOB", channel: "D0BOB" }] },
  { gap: "nobody knows where", askings: [{ who: "U0BOB", channel: "" }] },
  {
    gap: "in both",
    askings: [
      { who: "U0BOB", channel: "D0BOB" },
      { who: "U0CAROL", channel: "C0PUBLIC" },
    ],
  },
];

const seenBy = (person: Person): Promise<string[]> => visibleGaps({ visible }, person, GAPS);

test("others see those of public channels, and not that they were asked elsewhere, too", async () => {
  const alice = { user: "U0ALICE", channel: "D0ALICE" };
  assert.deepEqual(await seenBy(alice), ["in public", "in both"]);
});

test("whoever asked sees all of their own, in a view without a channel, too", async () => {
  const all = GAPS.map(({ gap }) => gap);
  assert.deepEqual(await seenBy({ user: "U0BOB", channel: "" }), all);
});

test("what is shared with a channel holds nothing that only its sharer sees", async () => {
  const forAll = { user: "U0BOB", channel: "C0PUBLIC", isForChannel: true } as const;
  assert.deepEqual(await seenBy(forAll), ["in public", "in both"]);
});

test("a program over MCP sees those of public channels, and a terminal all", async () => {
  const mcp = { user: "mcp", channel: "", via: "mcp" } as const;
  assert.deepEqual(await seenBy(mcp), ["in public", "in both"]);
  const terminal = { user: "terminal", channel: "", via: "terminal" } as const;
  assert.equal((await seenBy(terminal)).length, GAPS.length);
});
