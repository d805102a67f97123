/** Who people are and what channels they are in: asked once, kept for a while, and refused when unknown. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { WebClient } from "@slack/web-api";
import { createDirectory } from "../../../src/edges/slack/directory.ts";
import { createLog } from "../../features/fakes.ts";

const MINUTE_MS = 60_000;

interface Facts {
  readonly user?: object;
  readonly channel?: object;
  /** Members, a page each. */
  readonly pages?: readonly (readonly string[])[];
  readonly enterprise?: string;
}

/** A Slack that counts its calls, and answers none while it is broken. */
function setUp(facts: Facts) {
  const calls: string[] = [];
  const state = { broken: false, nowMs: 0, facts };
  const answer = async (name: string, value: object): Promise<object> => {
    calls.push(name);
    if (state.broken) throw new Error("Slack is down");
    return value;
  };
  const client = {
    auth: { test: () => answer("auth", { team_id: "T1", enterprise_id: state.facts.enterprise }) },
    users: { info: () => answer("user", { user: state.facts.user }) },
    conversations: {
      info: () => answer("channel", { channel: state.facts.channel }),
      members: ({ cursor = "0" }: { readonly cursor?: string }) => {
        const pages = state.facts.pages ?? [];
        const next = Number(cursor) + 1 < pages.length ? String(Number(cursor) + 1) : "";
        return answer("members", {
          members: pages[Number(cursor)],
          response_metadata: { next_cursor: next },
        });
      },
    },
  } as unknown as WebClient;
  const directory = createDirectory({ client, now: () => state.nowMs, log: createLog() });
  return { directory, calls, state };
}

for (const [what, user, kind] of [
  ["of this workspace", { team_id: "T1" }, "member"],
  ["of another workspace", { team_id: "T2" }, "external"],
  ["that Slack calls a stranger", { team_id: "T1", is_stranger: true }, "external"],
  ["a guest", { team_id: "T1", is_restricted: true }, "guest"],
  ["a guest of one channel", { team_id: "T1", is_ultra_restricted: true }, "guest"],
  ["a bot", { team_id: "T1", is_bot: true }, "bot"],
  ["whose account is gone", { team_id: "T1", deleted: true }, "unknown"],
] as const) {
  test(`a person ${what} is ${kind}`, async () => {
    assert.equal(await setUp({ user }).directory.kindOf("U1"), kind);
  });
}

test("people of one enterprise are not strangers to each other", async () => {
  const user = { team_id: "T2", enterprise_user: { enterprise_id: "E1" } };
  assert.equal(await setUp({ user, enterprise: "E1" }).directory.kindOf("U1"), "member");
  assert.equal(await setUp({ user, enterprise: "E2" }).directory.kindOf("U1"), "external");
});

test("members are read over all pages, once for all who ask within five minutes", async () => {
  const { directory, calls, state } = setUp({ pages: [["U1"], ["U2"]] });
  const [first, second] = await Promise.all([
    directory.isMember("C1", "U1"),
    directory.isMember("C1", "U2"),
  ]);
  assert.deepEqual([first, second, await directory.isMember("C1", "U3")], [true, true, false]);
  assert.deepEqual(calls, ["members", "members"]);
  state.facts = { pages: [["U2"]] };
  state.nowMs += 6 * MINUTE_MS;
  assert.equal(await directory.isMember("C1", "U1"), false, "whoever left is soon no member");
});

test("what Slack does not tell again is believed for an hour, and what it never told is unknown", async () => {
  const { directory, state } = setUp({
    user: { team_id: "T1" },
    channel: { is_channel: true },
    pages: [["U1"]],
  });
  assert.equal(await directory.isPublic("C1"), true);
  assert.equal(await directory.isMember("C1", "U1"), true);
  state.broken = true;
  assert.equal(await directory.kindOf("U1"), "unknown");
  assert.equal(await directory.isPublic("C2"), undefined);
  state.nowMs += 30 * MINUTE_MS;
  assert.equal(await directory.isMember("C1", "U1"), true);
  state.nowMs += 60 * MINUTE_MS;
  assert.equal(await directory.isMember("C1", "U1"), undefined);
  assert.equal(await directory.isPublic("C1"), undefined);
});

test("a private channel is none that everybody sees", async () => {
  const channel = { is_channel: true, is_private: true };
  assert.equal(await setUp({ channel }).directory.isPublic("G1"), false);
});

test("a channel with members of other organizations, or with an invitation for them, is a shared one", async () => {
  const asked = (state: object) => setUp({ channel: { is_channel: true, ...state } }).directory;
  assert.equal(await asked({}).isShared("C1"), false);
  assert.equal(await asked({ is_org_shared: true }).isShared("C1"), false, "one enterprise");
  assert.equal(await asked({ is_ext_shared: true }).isShared("C1"), true);
  assert.equal(await asked({ is_pending_ext_shared: true }).isShared("C1"), true);
});
