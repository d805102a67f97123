/** Incidents that were silenced: what Alertmanager does not tell of them is asked. */

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { GONE_FOR_MS, watchMuted } from "../../../src/features/silences/watch-muted.ts";
import { passTime } from "../../../src/incidents/act-on-incident.ts";
import { firing, HOUR, MINUTE } from "../../incidents/notifications.ts";
import { DOWN, finished, setUp } from "./setting.ts";

const A = firing("a", { labels: { alertname: "Slow", instance: "b1" } });
const B = firing("b", { labels: { alertname: "Slow", instance: "b2" } });

/** An incident of two alerts, silenced for an hour, and the watch over it. */
async function watching(t: TestContext) {
  const setting = await setUp(t);
  const { incident, submit, open, incidents, alertmanagers, clock, log } = setting;
  await incident("i1", [A, B]);
  await finished(await submit(await open("i1")));
  let wakes = 0;
  const wakeDelivery = () => {
    wakes += 1;
  };
  const watch = watchMuted({
    alertmanagers,
    incidents,
    clock,
    log,
    wakeDelivery,
    isReconciled: () => false,
  });
  watch.start();
  t.after(() => watch.stop());
  const now = async () => {
    const found = await incidents.incident("i1");
    assert.ok(found !== undefined);
    return found;
  };
  return { ...setting, now, wakes: () => wakes };
}

test("an incident whose alerts are gone while it is silenced is resolved, once they stay gone", async (t) => {
  const { clock, hold, now, incidents, wakes } = await watching(t);
  await clock.advance(2 * MINUTE);
  hold([]);
  await clock.advance(GONE_FOR_MS);
  assert.equal((await now()).status, "firing", "it may only have restarted");
  await clock.advance(2 * MINUTE);
  const over = await now();
  assert.deepEqual([over.status, over.mutedIn], ["resolved", undefined]);
  assert.ok(wakes() > 0);
  const audit = (await incidents.timeline("i1", 10)).filter(({ kind }) => kind === "audit");
  assert.partialDeepStrictEqual(audit.at(-1), {
    who: "streamline-incident-bot",
    action: "found-over",
  });
});

test("alerts that come back, or an Alertmanager that does not answer, end nothing", async (t) => {
  const { clock, hold, now, fail, log } = await watching(t);
  hold([]);
  await clock.advance(2 * MINUTE);
  hold([A, B]);
  await clock.advance(2 * MINUTE);
  hold([]);
  await clock.advance(2 * MINUTE);
  assert.equal((await now()).status, "firing");
  fail("alerts", DOWN);
  await clock.advance(10 * MINUTE);
  assert.equal((await now()).status, "firing");
  assert.ok(log.lines.includes("warn: a silenced incident cannot be checked"));
});

test("one of its alerts that is gone is reported, and the rest goes on", async (t) => {
  const { clock, hold, now } = await watching(t);
  hold([B]);
  await clock.advance(GONE_FOR_MS + 2 * MINUTE);
  const { status, alerts } = await now();
  assert.equal(status, "firing");
  assert.deepEqual(
    alerts.filter((each) => each.status === "resolved").map(({ fingerprint }) => fingerprint),
    ["a"],
  );
});

test("after the silence it is watched until its alerts were seen unmuted", async (t) => {
  const { clock, now, incidents, calls } = await watching(t);
  await clock.advance(HOUR + MINUTE);
  await incidents.change("i1", clock.now(), (current) => passTime(current, clock.now()));
  assert.equal((await now()).silences, undefined);
  await clock.advance(2 * MINUTE);
  const { status, mutedIn } = await now();
  assert.deepEqual([status, mutedIn], ["firing", undefined]);
  const asked = calls.length;
  await clock.advance(10 * MINUTE);
  assert.equal(calls.length, asked, "Alertmanager tells again, so it is not asked");
});

test("a silence that somebody ended in Alertmanager is not shown any longer", async (t) => {
  const { clock, now, book } = await watching(t);
  await clock.advance(MINUTE);
  book.end(book.list()[0]?.id ?? "");
  await clock.advance(2 * MINUTE);
  assert.equal((await now()).silences, undefined);
});

test("an incident that was never silenced is not asked about", async (t) => {
  const { incident, incidents, alertmanagers, clock, log, calls } = await setUp(t);
  await incident("i1", [A]);
  const watch = watchMuted({
    alertmanagers,
    incidents,
    clock,
    log,
    wakeDelivery: () => undefined,
    isReconciled: () => false,
  });
  watch.start();
  t.after(() => watch.stop());
  await clock.advance(10 * MINUTE);
  assert.deepEqual(calls, []);
});
