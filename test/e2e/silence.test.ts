// needs: prometheus-alertmanager
/**
 * A silence from the incident's button to a real Alertmanager and back: the modal, its preview, the
 * matchers that are made of it, Undo, the list, and who may.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually } from "../support/eventually.ts";
import { fieldOf, startSilencing, textIn } from "./silence-setting.ts";

const DOWN = {
  alertname: "StreamlineDown",
  severity: "critical",
  job: "streamline",
  instance: "broker-1:9094",
};
const FOREIGN = { alertname: "CheckoutErrors", severity: "warning", job: "checkout" };
function comment(text: string) {
  return { silence_comment: { silence_comment: text } };
}

test("Silence shows what it hides, is widened, mutes in Alertmanager, and is undone", async (t) => {
  const { sandbox, fire, click, modal, replyOf, silences, suppressed, messageOf } =
    await startSilencing(t);
  const { slack } = sandbox;
  await fire(DOWN, FOREIGN);
  await messageOf("CheckoutErrors");
  await click("alice", "StreamlineDown", "silence");
  const form = await modal(
    "alice",
    /Now: 1 alert of 2 that fire would be hidden: StreamlineDown\./,
  );
  assert.match(textIn(form.blocks), /In the last 7 days: 1 alert in 1 incident/);

  // Another broker is slow, and would fall under a wider silence.
  await fire({ ...DOWN, alertname: "StreamlineSlow", instance: "broker-2:9094" });
  await messageOf("StreamlineSlow");
  const name = fieldOf(form, "alertname");
  const instance = fieldOf(form, "instance");
  const wide = { [name]: { [name]: "2" }, [instance]: { [instance]: "3" } };
  assert.match(textIn(form.blocks), /starts with broker-/);
  await slack.choose({
    user: "alice",
    viewId: form.id,
    actionId: instance,
    choice: "3",
    values: wide,
  });
  const wider = await modal("alice", /Now: 2 alerts of 3 that fire .*1 alert of them is not part/);

  const submitted = await slack.submitView({
    user: "alice",
    values: {
      ...wide,
      ...comment("  swapping the disk  "),
      silence_other: { silence_other: "90m" },
    },
  });
  assert.equal(submitted.kind, "updated");
  await modal("alice", /Silenced until .*swapping the disk/);
  assert.equal(wider.id, slack.views("alice").at(-1)?.id);

  const [silence, ...others] = await silences();
  assert.deepEqual(others, []);
  const is = (label: string, value: string) => ({
    isEqual: true,
    isRegex: false,
    name: label,
    value,
  });
  assert.deepEqual(silence?.matchers, [
    is("job", "streamline"),
    { isEqual: true, isRegex: true, name: "instance", value: "broker-.*" },
    is("severity", "critical"),
  ]);
  assert.deepEqual(
    [silence?.createdBy, silence?.comment],
    [slack.users["alice"]?.id, "swapping the disk"],
  );
  const lasts = Date.parse(silence?.endsAt ?? "") - Date.parse(silence?.startsAt ?? "");
  assert.ok(lasts > 89 * 60_000 && lasts <= 90 * 60_000, `${lasts} ms`);
  await eventually("both are muted", async () => (await suppressed()).length === 2);
  assert.deepEqual(await suppressed(), [
    "StreamlineDown broker-1:9094",
    "StreamlineSlow broker-2:9094",
  ]);

  const reply = await replyOf("StreamlineDown", /silenced it until .*swapping the disk/);
  assert.match(reply.text, /instance=~"broker-\.\*"/);
  await eventually("the message says so", async () =>
    (await messageOf("StreamlineDown")).text.startsWith("🔕 SILENCED (CRITICAL) StreamlineDown"),
  );

  await slack.clickButton({
    user: "alice",
    channel: "incidents",
    ts: reply.ts,
    actionId: "unsilence",
  });
  await replyOf("StreamlineDown", /ended the silence/);
  assert.equal((await silences())[0]?.status.state, "expired");
  await eventually("nothing is muted", async () => (await suppressed()).length === 0);
});

test("who may not silence is told how it is configured, and nothing is made", async (t) => {
  const { sandbox, fire, click, modal, silences, messageOf, external, replyOf } =
    await startSilencing(t);
  const { slack } = sandbox;
  await fire(DOWN);
  await messageOf("StreamlineDown");
  await click("bob", "StreamlineDown", "silence");
  await modal("bob", /permissions\.silence/);

  await click("alice", "StreamlineDown", "silence");
  await modal("alice", /What it hides/);
  await slack.submitView({ user: "alice", values: comment("mine") });
  const reply = await replyOf("StreamlineDown", /silenced it/);
  await slack.clickButton({
    user: "bob",
    channel: "incidents",
    ts: reply.ts,
    actionId: "unsilence",
  });
  await external("bob", /permissions\.silence/);
  assert.deepEqual(
    (await silences()).map(({ status }) => status.state),
    ["active"],
  );
});

test("a silence that hides everything, or has no matcher, is refused in the modal", async (t) => {
  const { sandbox, fire, click, modal, silences, messageOf } = await startSilencing(t);
  const { slack } = sandbox;
  await fire(DOWN, FOREIGN);
  await messageOf("StreamlineDown");
  await messageOf("CheckoutErrors");
  await click("alice", "StreamlineDown", "silence");
  const form = await modal("alice", /What it hides/);
  const fields = ["alertname", "job", "instance", "severity"].map((label) => fieldOf(form, label));
  const lastOf = (id: string) => {
    const block = form.blocks.find((each) => each["block_id"] === id);
    const element = block?.["element"] as { options: { value: string }[] } | undefined;
    return element?.options.at(-1)?.value ?? "";
  };
  const dropped = Object.fromEntries(fields.map((id) => [id, { [id]: lastOf(id) }]));
  await slack.choose({
    user: "alice",
    viewId: form.id,
    actionId: fields[0] ?? "",
    choice: lastOf(fields[0] ?? ""),
    values: dropped,
  });
  await modal("alice", /It would hide every alert there is/);
  await slack.submitView({ user: "alice", values: { ...dropped, ...comment("all of it") } });
  const again = await modal("alice", /⚠️ ⛔ It would hide every alert there is/);
  assert.match(JSON.stringify(again.blocks), /all of it/, "what was typed is still there");

  const blank = await slack.submitView({
    user: "alice",
    values: { ...comment("  "), silence_other: { silence_other: "soon" } },
  });
  assert.deepEqual(blank.kind === "errors" ? Object.keys(blank.errors).toSorted() : blank, [
    "silence_comment",
    "silence_other",
  ]);
  assert.deepEqual(await silences(), []);
});

test("the list shows what is silenced, and ends it; without one it says so", async (t) => {
  const { sandbox, fire, click, modal, silences, messageOf, command, external, replyOf } =
    await startSilencing(t);
  const { slack } = sandbox;
  await command("bob", "/streamline silences");
  await external("bob", /Nothing is silenced/);

  await fire(DOWN);
  await messageOf("StreamlineDown");
  await click("alice", "StreamlineDown", "silence");
  await modal("alice", /What it hides/);
  await slack.submitView({ user: "alice", values: comment("disk swap") });
  await replyOf("StreamlineDown", /silenced it/);
  await eventually("it mutes", async () => {
    await command("alice", "/streamline silences");
    const list = await external("alice", /1 silence in Alertmanager/);
    return /hides 1 alert now: StreamlineDown/.test(list.text);
  });
  const list = await external("alice", /hides 1 alert now/);
  assert.match(list.text, /disk swap/);
  const [silence] = await silences();
  const actionId = `end_silence:${silence?.id}`;
  await slack.clickButton({ user: "alice", channel: "incidents", ts: list.ts, actionId });
  await replyOf("StreamlineDown", /ended the silence/);
  assert.equal((await silences())[0]?.status.state, "expired");
  await external("alice", /Nothing is silenced/);
});

test("an alert that is not firing is silenced by its name", async (t) => {
  const { sandbox, modal, silences, command, external } = await startSilencing(t);
  await command("alice", "/streamline silence");
  await external("alice", /Nothing fires that I know of/);
  await command("alice", "/streamline silence StreamlineDown");
  await modal(
    "alice",
    /StreamlineDown, which is not firing.*Now: nothing that fires would be hidden/,
  );
  await sandbox.slack.submitView({ user: "alice", values: comment("upgrade") });
  await modal("alice", /Silenced until/);
  const [silence] = await silences();
  assert.deepEqual(silence?.matchers, [
    { isEqual: true, isRegex: false, name: "alertname", value: "StreamlineDown" },
  ]);
});
