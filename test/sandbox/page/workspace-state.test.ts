import assert from "node:assert/strict";
import { test } from "node:test";
import {
  applyNews,
  channelMessages,
  isUnread,
  type News,
  threadMessages,
  type WorkspaceState,
} from "../../../src/sandbox/page/workspace-state.ts";
import type { PageState } from "../../../src/sandbox/slack/page-protocol.ts";

const ALICE = { id: "U1", name: "alice", realName: "Alice", directMessage: "D1" };

const PAGE: PageState = {
  team: "T",
  me: ALICE,
  people: [ALICE],
  apps: [],
  channels: [{ id: "C1", name: "incidents", topic: "", hasBot: true, latest: "1.0" }],
  commands: [],
  shortcuts: [],
  views: [],
  home: null,
  hasControls: false,
  hasTour: false,
  realServer: undefined,
  isBotConnected: true,
};

function after(...news: readonly News[]): WorkspaceState {
  const state = news.reduce<WorkspaceState | undefined>(
    applyNews,
    applyNews(undefined, { type: "page", page: PAGE }),
  );
  assert.ok(state);
  return state;
}

const message = (ts: string, more: object = {}) => ({ ts, text: `at ${ts}`, user: "U1", ...more });
const posted = (ts: string, more: object = {}): News => ({
  type: "feed",
  item: { type: "message", channel: "C1", message: message(ts, more) },
});

test("news before the first answer of the sandbox are of no use", () => {
  assert.equal(applyNews(undefined, posted("1.0")), undefined);
});

test("messages stand in the order of their time, whatever came first", () => {
  const state = after(posted("3.0"), posted("2.0"));
  assert.deepEqual(
    channelMessages(state, "C1").map(({ ts }) => ts),
    ["2.0", "3.0"],
  );
});

test("an answer that was on its way takes nothing back that the stream brought meanwhile", () => {
  const changed = message("2.0", { reply_count: 2 });
  const state = after(
    posted("2.0"),
    { type: "feed", item: { type: "message_changed", channel: "C1", message: changed } },
    {
      type: "messages",
      channel: "C1",
      found: { messages: [message("1.0"), message("2.0", { reply_count: 1 })], ephemerals: [] },
    },
  );
  assert.deepEqual(
    channelMessages(state, "C1").map(({ ts, replyCount }) => [ts, replyCount]),
    [
      ["1.0", 0],
      ["2.0", 2],
    ],
  );
});

test("a reply stands in its thread and not in the channel", () => {
  const state = after(posted("2.0"), posted("3.0", { thread_ts: "2.0" }));
  assert.deepEqual(
    channelMessages(state, "C1").map(({ ts }) => ts),
    ["2.0"],
  );
  assert.deepEqual(
    threadMessages(state, "C1", "2.0").map(({ ts }) => ts),
    ["2.0", "3.0"],
  );
});

test("an ephemeral message stands among the others until it is dismissed", () => {
  const shown: News = {
    type: "feed",
    item: { type: "ephemeral", channel: "C1", message: message("2.5") },
  };
  const state = after(posted("2.0"), shown);
  assert.equal(channelMessages(state, "C1").at(-1)?.isEphemeral, true);
  const gone = after(posted("2.0"), shown, { type: "dismiss", channel: "C1", ts: "2.5" });
  assert.deepEqual(
    channelMessages(gone, "C1").map(({ ts }) => ts),
    ["2.0"],
  );
});

test("a channel is unread from a new message until it is read, and a reply changes nothing", () => {
  assert.equal(isUnread(after(), "C1"), true);
  assert.equal(isUnread(after({ type: "read", channel: "C1" }), "C1"), false);
  const reply = posted("3.0", { thread_ts: "2.0" });
  assert.equal(isUnread(after({ type: "read", channel: "C1" }, reply), "C1"), false);
  assert.equal(isUnread(after({ type: "read", channel: "C1" }, posted("4.0")), "C1"), true);
});

test("after a lost connection the messages are fetched again, and what was read stays read", () => {
  const state = after(posted("2.0"), { type: "read", channel: "C1" }, { type: "page", page: PAGE });
  assert.deepEqual(channelMessages(state, "C1"), []);
  assert.equal(state.loaded.has("C1"), false);
  assert.equal(isUnread(state, "C1"), false);
});

test("what an app says in a thread ends what it was said to be doing there", () => {
  const working: News = {
    type: "feed",
    item: { type: "status", channel: "C1", threadTs: "2.0", status: "is looking" },
  };
  assert.equal(after(working).statuses["C1 2.0"], "is looking");
  const person = posted("3.0", { thread_ts: "2.0" });
  assert.equal(after(working, person).statuses["C1 2.0"], "is looking");
  const app = posted("3.0", { thread_ts: "2.0", bot_id: "B1" });
  assert.equal(after(working, app).statuses["C1 2.0"], "");
});
