/** The bot's own messages in Slack's history: all of the span, however little Slack serves at once. */

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type TestContext, test } from "node:test";
import { WebClient } from "@slack/web-api";
import { ownMessages } from "../../../src/edges/slack/own-messages.ts";

const NOW_MS = 1_800_000_000_000;

interface Served {
  /** Messages that a page holds at most, whatever is asked for. */
  readonly most: number;
  /** Whether the next page is named. */
  readonly isNamed: boolean;
  /** How far Slack's clock is ahead of ours. */
  readonly aheadMs?: number;
}

/** A Slack with 40 messages of ours, one each second before its now, newest first. */
async function serve(t: TestContext, { most, isNamed, aheadMs = 0 }: Served) {
  const slackNow = NOW_MS + aheadMs;
  const all = Array.from({ length: 40 }, (_, index) => ({
    ts: `${(slackNow - index * 1_000) / 1_000}.000100`,
    metadata: { event_type: "streamline_incident_bot", event_payload: { key: `k${index}` } },
  }));
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const asked = new URLSearchParams(await text(request));
    const from = Number(asked.get("cursor") ?? 0);
    const among = all.filter(
      ({ ts }) =>
        Number(ts) >= Number(asked.get("oldest")) &&
        Number(ts) < Number(asked.get("latest") ?? Number.POSITIVE_INFINITY),
    );
    const to = from + most;
    const next = isNamed && to < among.length ? { next_cursor: String(to) } : {};
    response.setHeader("content-type", "application/json");
    response.end(
      JSON.stringify({ ok: true, messages: among.slice(from, to), response_metadata: next }),
    );
  };
  const server = createServer((request, response) => void respond(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const client = new WebClient("xoxb-1", { slackApiUrl: `http://127.0.0.1:${port}/api/` });
  const slackClock = { now: () => slackNow, of: (ms: number) => ms + aheadMs };
  return { client, slackClock };
}

for (const served of [
  { most: 200, isNamed: true },
  { most: 15, isNamed: true },
  { most: 15, isNamed: false },
  { most: 1, isNamed: false },
]) {
  test(`are all found, served ${served.most} at once, next page ${served.isNamed ? "" : "not "}named`, async (t) => {
    const found = await ownMessages(await serve(t, served), { channel: "C1" }, NOW_MS - 60_000);
    assert.deepEqual(
      found.map(({ key }) => key),
      Array.from({ length: 40 }, (_, index) => `k${index}`),
    );
  });
}

for (const aheadMs of [-3_600_000, 3_600_000]) {
  test(`are found with our clock off by ${-aheadMs / 60_000} minutes`, async (t) => {
    const slack = await serve(t, { most: 200, isNamed: true, aheadMs });
    const found = await ownMessages(slack, { channel: "C1" }, NOW_MS - 30_000);
    assert.equal(found.length, 40);
  });
}

test("are not claimed to be known when there is more than anybody can read", async (t) => {
  const slack = await serve(t, { most: 0, isNamed: true });
  assert.deepEqual(await ownMessages(slack, { channel: "C1" }, NOW_MS), []);
  const history = (request: { latest?: string }) =>
    Promise.resolve({
      ok: true,
      messages: [{ ts: String(Number(request.latest ?? NOW_MS) - 1) }],
    });
  Object.assign(slack.client.conversations, { history });
  await assert.rejects(ownMessages(slack, { channel: "C1" }, 0), /longer than/);
});
