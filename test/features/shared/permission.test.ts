/** Who may do what. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createPermission } from "../../../src/features/shared/permission.ts";

const NOBODY = { users: [], groups: [] };
const EVERYONE = { users: [], channels: [] };
const ALICE = { user: "U0ALICE", channel: "C0INCIDENTS" };
const MEMBERS: Readonly<Record<string, readonly string[]>> = { S0ONCALL: ["U0ALICE"], S0OTHER: [] };

function permission(change: Partial<Parameters<typeof createPermission>[0]> = {}) {
  return createPermission(
    { ask: EVERYONE, acknowledge: NOBODY, silence: NOBODY, ...change },
    {
      members: async (id) => {
        const found = MEMBERS[id];
        if (found === undefined) throw new Error("Slack does not answer");
        return found;
      },
    },
  );
}

describe("with nobody named", () => {
  test("everyone may ask and acknowledge, and nobody may silence", async () => {
    const { refusal } = permission();
    assert.equal(await refusal(ALICE, "ask"), undefined);
    assert.equal(await refusal(ALICE, "acknowledge"), undefined);
    assert.match((await refusal(ALICE, "silence")) ?? "", /names no one in permissions\.silence/);
  });
});

describe("a person", () => {
  test("named by id, or in a group that is named, may; others are told by which setting not", async () => {
    for (const people of [
      { users: ["U0ALICE"], groups: [] },
      { users: ["U0BOB"], groups: ["S0OTHER", "S0ONCALL"] },
    ]) {
      const { refusal } = permission({ silence: people });
      assert.equal(await refusal(ALICE, "silence"), undefined);
      const carol = { ...ALICE, user: "U0CAROL" };
      assert.match(
        (await refusal(carol, "silence")) ?? "",
        /permissions\.silence\) does not let you/,
      );
    }
  });

  test("is not let in when Slack does not tell who is in a group", async () => {
    const { refusal } = permission({ silence: { users: [], groups: ["S0LOST"] } });
    await assert.rejects(refusal(ALICE, "silence"), /Slack does not answer/);
  });

  test("may ask only from the channels that are named, and from the views opened there", async () => {
    const { refusal } = permission({ ask: { users: [], channels: ["C0INCIDENTS"] } });
    assert.equal(await refusal(ALICE, "ask"), undefined);
    assert.equal(await refusal({ ...ALICE, channel: "" }, "ask"), undefined);
    const elsewhere = await refusal({ ...ALICE, channel: "C0OTHER" }, "ask");
    assert.match(elsewhere ?? "", /does not let people in this channel ask/);
  });
});
