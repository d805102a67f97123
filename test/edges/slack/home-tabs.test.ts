/** Home tabs are put up in the order in which they were rendered, and no older state replaces a newer one. */

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { WebClient } from "@slack/web-api";
import { paragraph } from "../../../src/block-kit/blocks.ts";
import type { View } from "../../../src/block-kit/view.ts";
import { createHomeTabs } from "../../../src/edges/slack/home-tabs.ts";
import { eventually } from "../../support/eventually.ts";
import { startSignedSlack } from "./signed-slack.ts";

async function setUp(t: TestContext) {
  const signed = await startSignedSlack(t);
  const client = new WebClient("xoxb-signed", { slackApiUrl: signed.slack.apiUrl });
  const shown = (): string => JSON.stringify(signed.slack.home("alice")?.blocks);
  const { id } = signed.slack.person("alice");
  return { ...signed, client, id, shown };
}

function view(text: string): View {
  return { callbackId: "home", title: "Home", blocks: [paragraph(text)] };
}

test("a person who opens Home sees it, and one who opens another tab is left alone", async (t) => {
  const { event, slack, id, shown } = await setUp(t);
  const opened = { type: "app_home_opened", user: id, channel: "D1", event_ts: "1.1" };
  await event({ ...opened, tab: "messages" });
  assert.equal(slack.home("alice"), undefined);
  await event({ ...opened, tab: "home" });
  await eventually("the Home tab", () => shown()?.includes(`the home of ${id}`));
});

test("what is rendered later is put up later, however long the earlier took", async (t) => {
  const { client, id, shown } = await setUp(t);
  const tabs = createHomeTabs(client);
  const { promise, resolve } = Promise.withResolvers<void>();
  const slow = tabs.publish(id, async () => {
    await promise;
    return view("old");
  });
  const quick = tabs.publish(id, async () => view("new"));
  resolve();
  await Promise.all([slow, quick]);
  assert.match(shown(), /new/);
});

test("when another replica was faster, the state is rendered again instead of the old one put up", async (t) => {
  const { client, id, shown } = await setUp(t);
  const [one, other] = [createHomeTabs(client), createHomeTabs(client)];
  await one.publish(id, async () => view("first"));
  await other.publish(id, async () => view("second"));
  let rendered = 0;
  await one.publish(id, async () => {
    rendered += 1;
    return view(`third, rendered ${rendered} times`);
  });
  assert.match(shown(), /third, rendered 2 times/);
});

test("a rendering that fails keeps the next one from nothing", async (t) => {
  const { client, id, shown } = await setUp(t);
  const tabs = createHomeTabs(client);
  await assert.rejects(
    tabs.publish(id, () => Promise.reject(new Error("no store"))),
    /no store/,
  );
  await tabs.publish(id, async () => view("well again"));
  assert.match(shown(), /well again/);
});
