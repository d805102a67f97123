/** Questions in an alert's thread, answered with the alert as context. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { TimelineEntry } from "../../../src/features/incidents/incident-ports.ts";
import type { Incident } from "../../../src/incidents/incident.ts";
import { assertHarmless, HOSTILE_PIECES } from "../../block-kit/hostile.ts";
import { TARGET } from "../../diagnosis/polls.ts";
import { firing, HOUR, MINUTE, notification, T0 } from "../../incidents/notifications.ts";
import { FULL, INCIDENT, NOW, setUp } from "./asked-thread.ts";

describe("in an alert's thread", () => {
  test("questions count in the person's rate, as commands do", async () => {
    const { ask } = setUp({ left: 2 });
    assert.doesNotMatch(await ask("is it still slow?"), /wait a moment/);
    assert.doesNotMatch(await ask("where do I find the disk usage"), /wait a moment/);
    for (const text of ["is it still slow?", "where do I find the disk usage"]) {
      assert.match(await ask(text), /wait a moment/, text);
    }
  });

  test("commands are kept for the timeline, other questions are not", async () => {
    const { ask, kept } = setUp();
    await ask("why is it slow?");
    await ask("health");
    await ask("what does it mean?");
    await ask("how do I free space?");
    assert.deepEqual(kept, ["2.2 why-slow", "2.2 health"]);
  });

  test("what to check first is the runbook's Diagnosis, with the commands filled in", async () => {
    const text = await setUp().ask("what do I check first?");
    assert.match(text, /^Runbook: The disk is full: Diagnosis/);
    assert.match(text, new RegExp(`curl ${TARGET.http}/topics/orders`));
    assert.doesNotMatch(text, /Producers get errors|delete old segments/);
  });

  test("other chapters are what is asked for", async () => {
    const { ask } = setUp();
    assert.match(await ask("how do I fix this?"), /delete old segments/);
    assert.match(await ask("what does it mean?"), /No space is left/);
    assert.match(await ask("runbook"), /Mitigation[\s\S]*Meaning/);
    const whole = await ask("how do we prevent this?");
    assert.match(whole, /Mitigation[\s\S]*Meaning/, "without such a chapter it is the whole");
  });

  test("the runbook that only the alert names is one, for a rule without data, too", async () => {
    const annotations = { runbook_url: "https://wiki.example/cart" };
    const stuck = firing("a", { labels: { alertname: "CartStuck" }, annotations });
    const own = await setUp({ incident: { ...INCIDENT, alerts: [stuck] } }).ask("runbook");
    assert.match(own, /^📖 <https:\/\/wiki\.example\/cart\|/);
    const labels = { alertname: "DatasourceNoData", rulename: "DiskFull" };
    const noData = firing("a", { labels });
    const text = await setUp({ incident: { ...INCIDENT, alerts: [noData] } }).ask("runbook");
    assert.match(text, /No space is left/);
  });

  test("how bad it is shows severity, place and impact", async () => {
    const text = await setUp().ask("how bad is it");
    assert.match(text, /^Severity: critical\. Still firing: 1 alert, for 12 min/);
    assert.match(text, /DiskFull of orders/);
    assert.match(text, /Producers get errors/);
  });

  test("a search prefers the alert's own runbook", async () => {
    const text = await setUp().ask("how do I free space?");
    assert.match(text, /^The disk is full › Mitigation/);
    assert.match(text, /Also:\n• Troubleshooting › Free space on another volume/);
  });

  test("a search for what other pages cover finds it there", async () => {
    assert.match(await setUp().ask("the certificate has expired"), /Renew the certificate/);
  });

  test("what nothing covers is shown as not covered, with what can be asked", async () => {
    const { ask, meter } = setUp();
    const text = await ask("a recipe for apple pie");
    assert.match(text, /^Nothing in the runbooks covers this\.[\s\S]*has this fired before/);
    assert.deepEqual(meter.counts, ["searched refused", "answered thread_question"]);
  });

  test("whether it still happens is what was received of it and what a poll shows", async () => {
    const text = await setUp().ask("is it still happening?");
    assert.match(text, /^Still firing: 1 alert/);
    assert.match(text, /Right now: .*healthy/);
    assert.match(text, /condition of `DiskFull` is not true now/);
    assert.match(text, /🟠 orders is slow\.$/);
  });

  test("who may not ask the servers learns what was received of it, and why no more", async () => {
    const { ask } = setUp({ refusal: "You may not." });
    assert.match(
      await ask("still firing?"),
      /^Still firing: 1 alert, for 12 min\.\nYou may not\.$/,
    );
  });

  test("why and how it is are asked of the alert's own target", async () => {
    const { ask, passed } = setUp();
    await ask("why?");
    await ask("is it up?");
    assert.deepEqual(passed, ["why-slow @orders", "health @orders"]);
  });

  test("an alert that is about no known target says so", async () => {
    const { target: _, ...incident } = INCIDENT;
    const { ask } = setUp({ incident });
    assert.match(await ask("why is it slow"), /do not know which server.*\n.*`orders`/);
    assert.match(await ask("is it over?"), /Still firing[\s\S]*I asked none/);
  });

  test("who has it is the one who acknowledged, or nobody", async () => {
    assert.match(await setUp().ask("who acknowledged?"), /^Nobody has acknowledged it/);
    const acknowledged = { by: "U0ALICE", at: T0, until: NOW + HOUR };
    const text = await setUp({ incident: { ...INCIDENT, acknowledged } }).ask("who is on it?");
    assert.match(text, /^<@U0ALICE> is on it[\s\S]*expires/);
  });

  test("whether it fired before shows how often, how long, and the last time", async () => {
    assert.match(await setUp().ask("has this fired before?"), /^No: I have not seen `DiskFull`/);
    const earlier = [3, 2, 1].map((days): Incident => {
      const openedAt = T0 - days * 24 * HOUR;
      return {
        ...INCIDENT,
        id: `e${days}`,
        status: "resolved",
        openedAt,
        resolvedAt: openedAt + days * 10 * MINUTE,
        reopened: days === 2 ? 1 : 0,
      };
    });
    const text = await setUp({ earlier: earlier.toReversed() }).ask("how often does this happen?");
    assert.match(text, /^Yes: `DiskFull` fired 4 times before/);
    assert.match(text, /usually lasted 20 min.*longest.* 30 min/);
    assert.match(text, /Last time: .*resolved after 10 min/);
  });

  test("each firing of an earlier incident counts, with its own start and end", async () => {
    const openedAt = T0 - 24 * HOUR;
    const first = openedAt - 2 * HOUR;
    const twice: Incident = {
      ...INCIDENT,
      id: "e1",
      status: "resolved",
      openedAt,
      resolvedAt: openedAt + 10 * MINUTE,
      reopened: 1,
      pastEpisodes: [{ startedAt: first, endedAt: first + 50 * MINUTE }],
    };
    const text = await setUp({ earlier: [twice] }).ask("has this fired before?");
    assert.match(text, /fired 2 times before/);
    assert.ok(text.includes(String(first / 1_000)), "since the first of them");
    assert.match(text, /longest.* 50 min/);
  });

  test("what fired in a channel that the readers do not see is not said", async () => {
    const openedAt = T0 - 24 * HOUR;
    const hidden = {
      ...INCIDENT,
      id: "e1",
      channel: "C0SECRET",
      openedAt,
      resolvedAt: openedAt + 1,
    };
    assert.match(
      await setUp({ earlier: [hidden] }).ask("has this fired before?"),
      /^No: I have not seen `DiskFull`/,
    );
  });

  test("who may not even read is told so, whatever they ask", async () => {
    const { ask, passed } = setUp({ unread: "You are a guest." });
    for (const text of ["who is on it?", "what changed?", "runbook", "how do I free space?"]) {
      assert.equal(await ask(text), "You are a guest.", text);
    }
    assert.deepEqual(passed, []);
  });

  test("since when, and what changed", async () => {
    assert.match(await setUp().ask("since when?"), /^For 12 min now\.\nSince /);
    const timeline: TimelineEntry[] = [
      { kind: "notification", at: T0, reason: "opened", notification: notification([FULL]) },
      { kind: "notification", at: T0 + 1, reason: "unchanged", notification: notification([FULL]) },
      { kind: "audit", at: T0 + MINUTE, who: "U0ALICE", action: "acknowledge", detail: {} },
    ];
    const text = await setUp({ timeline }).ask("what changed?");
    assert.match(text, /it began, 1 alert firing\n• .*<@U0ALICE>: acknowledge$/);
  });

  test("commands work, and without a target mean the alert's", async () => {
    const { ask, passed } = setUp();
    for (const text of ["why-slow", "why-slow last:30m", "metrics *lag*", "lag", "help"])
      await ask(text);
    assert.deepEqual(passed, [
      "why-slow @orders",
      "why-slow last:30m @orders",
      "metrics *lag* @orders",
      "lag @orders",
      "help @orders",
    ]);
  });
});

test("outside of an alert's thread a question is any question", async () => {
  const { ask, passed } = setUp();
  assert.equal(await ask("who is on it?", "9.9"), "otherwise who is on it?");
  assert.deepEqual(passed, ["who is on it? @"]);
});

test("strangers' labels and questions stay text in every answer", async () => {
  for (const piece of HOSTILE_PIECES) {
    const labels = { alertname: piece, severity: piece, topic: piece, instance: piece };
    const incident = { ...INCIDENT, alerts: [firing("a", { labels })], messageTs: "1.1" };
    const { message } = setUp({ incident, earlier: [{ ...incident, id: "e" }] });
    for (const question of [
      "what do I check first?",
      "how bad is it?",
      "is it still happening?",
      "has this fired before?",
      "what changed?",
      `why ${piece}`.slice(0, 4_000),
    ]) {
      const answer = await message(question);
      if (!answer.text.startsWith("otherwise")) assertHarmless(answer);
    }
  }
});
