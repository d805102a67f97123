/** An answer is had again from where its server may be asked, and from nowhere else. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Person } from "../../../src/features/shared/interactions.ts";
import type { WhySlowAnswer } from "../../../src/features/why-slow/render-why-slow.ts";
import { whySlowCommand } from "../../../src/features/why-slow/why-slow-command.ts";
import { TARGET } from "../../diagnosis/polls.ts";

const FOUND = { kind: "diagnosis", found: { target: TARGET } } as unknown as WhySlowAnswer;

const row = whySlowCommand({
  whySlow: { conclude: async () => FOUND, replay: async () => FOUND },
  targets: [{ ...TARGET, channels: ["C0ORDERS"] }],
  permission: {
    refusal: async ({ channel }, _, target) =>
      target !== undefined && channel !== "C0ORDERS" ? "only elsewhere" : undefined,
  },
});

function replayed(channel: string): Promise<WhySlowAnswer> {
  const person: Person = { user: "U1", channel };
  return row.run({ kind: "replay", id: "abcdef123456" }, { person, isPrivate: true });
}

test("a replay of a server that is limited to channels is shown in these alone", async () => {
  assert.equal((await replayed("C0ORDERS")).kind, "diagnosis");
  const refused = await replayed("C0OTHER");
  assert.equal(refused.kind, "no-replay");
  assert.match(refused.kind === "no-replay" ? refused.reason : "", /other channels only/);
});
