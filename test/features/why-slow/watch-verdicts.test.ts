/** The verdict in each firing incident's message, kept current. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Target } from "../../../src/diagnosis/target.ts";
import { watchVerdicts } from "../../../src/features/why-slow/watch-verdicts.ts";
import { createHistory } from "../../../src/history/history.ts";
import type { Incident } from "../../../src/incidents/incident.ts";
import type { SeenVerdict } from "../../../src/incidents/note-verdict.ts";
import type { Notice } from "../../../src/incidents/notice.ts";
import { TARGET } from "../../diagnosis/polls.ts";
import { firing, incidentOf, T0 } from "../../incidents/notifications.ts";
import { createClock, createLog } from "../fakes.ts";

const POSTED = { target: TARGET.name, messageTs: "1.1" };

/** `takesMs`: how long a poll lasts; it never ends where that is infinite. */
function bench(
  given: readonly Incident[],
  see: (incident: Incident) => SeenVerdict | undefined,
  { takesMs = 0, lastPollMs = T0 } = {},
) {
  const clock = createClock(T0);
  const stored = new Map(given.map((each) => [each.id, each]));
  const history = createHistory();
  history.append(lastPollMs, []);
  const [notices, polled]: [Notice[], number[]] = [[], []];
  const watch = watchVerdicts({
    incidents: {
      openIncidents: async () => [...stored.values()].filter(({ status }) => status === "firing"),
      change: async (id, _nowMs, decide) => {
        const change = decide(stored.get(id) ?? assert.fail("unknown"));
        if (change === undefined) return undefined;
        stored.set(id, change.incident);
        notices.push(...change.notices);
        return change.incident;
      },
    },
    verdicts: { seen: see, lastShown: () => undefined },
    memory: {
      history: () => history,
      poll: async (_target: Target) => {
        polled.push(clock.now());
        if (takesMs === Number.POSITIVE_INFINITY) return new Promise(() => undefined);
        if (takesMs > 0) await clock.sleep(takesMs);
        history.append(clock.now(), []);
      },
    },
    targets: [TARGET],
    clock,
    log: createLog(),
    wakeDelivery: () => undefined,
  });
  return { clock, stored, notices, polled, history, watch };
}

describe("a verdict", () => {
  test("that its message lacks is in it at once, and again only when it changes", async (t) => {
    let text = "🔴\nThe disk is full";
    const { clock, notices, watch } = bench([incidentOf([firing("a")], POSTED)], () => ({ text }));
    watch.start();
    t.after(() => watch.stop());
    await clock.advance(10_000);
    assert.equal(notices.length, 1);
    text = "🟢\nIt is over";
    await clock.advance(10_000);
    assert.equal(notices.length, 1, "not within half a minute of the last edit");
    await clock.advance(20_000);
    assert.equal(notices.length, 2);
  });

  test("of another app's message is remembered and edits nothing", async (t) => {
    const external = incidentOf([firing("a")], { ...POSTED, isExternal: true });
    const found = { check: "disk-full", title: "disk full", since: T0 };
    const { clock, stored, notices, watch } = bench([external], () => ({ text: "x", found }));
    watch.start();
    t.after(() => watch.stop());
    await clock.advance(3_000);
    assert.deepEqual([notices, stored.get("i1")?.found], [[], [found]]);
  });

  test("waits for the message itself, and for nobody where no target is known", async (t) => {
    const { messageTs: _, ...unposted } = incidentOf([firing("a")], POSTED);
    const without = { ...incidentOf([firing("b")], { messageTs: "2.2" }), id: "i2" };
    const { clock, notices, watch } = bench([unposted, without], () => ({ text: "x" }));
    watch.start();
    t.after(() => watch.stop());
    await clock.advance(3_000);
    assert.deepEqual(notices, []);
  });
});

test("in a storm only some messages are edited for it, the worst first", async (t) => {
  const many = Array.from({ length: 30 }, (_, n) => ({
    ...incidentOf([firing(`${n}`)], POSTED),
    id: `i${n}`,
  }));
  const { clock, notices, watch } = bench(many, () => ({ text: "x" }));
  watch.start();
  t.after(() => watch.stop());
  await clock.advance(5_000);
  assert.ok(notices.length > 0 && notices.length <= 10, String(notices.length));
});

test("a target whose last poll is old is polled, once for all of its incidents", async (t) => {
  const two = ["i1", "i2"].map((id) => ({ ...incidentOf([firing(id)], POSTED), id }));
  const { clock, polled, watch } = bench(two, () => undefined);
  watch.start();
  t.after(() => watch.stop());
  await clock.advance(20_000);
  assert.deepEqual(polled, [], "its own polls are in time");
  await clock.advance(5_000);
  assert.equal(polled.length, 1);
});

describe("a message whose target was not polled lately", () => {
  const LONG_AGO = { lastPollMs: T0 - 120_000 };
  /** What a message posted by a start can wait: two polls apart, and the time that a poll gets. */
  const WITHIN_MS = 3_000;

  test("gets what the poll finds by an edit within three seconds", async (t) => {
    const incident = incidentOf([firing("a")], POSTED);
    const seen: { lastMs?: number | undefined } = {};
    const { clock, notices, polled, history, watch } = bench(
      [incident],
      () => {
        seen.lastMs = history.stats().lastMs;
        return { text: (seen.lastMs ?? 0) > T0 ? "🔴\nThe disk is full" : "❔\nI cannot tell" };
      },
      { ...LONG_AGO, takesMs: 1_800 },
    );
    watch.start();
    t.after(() => watch.stop());
    await clock.advance(WITHIN_MS);
    assert.equal(polled.length, 1);
    assert.ok((seen.lastMs ?? 0) > T0, "the verdict is that of the poll");
    assert.equal(notices.length, 1, "said once, and no guess before it");
  });

  test("gets what is known when the server hangs, in the same time", async (t) => {
    const { clock, notices, polled, watch } = bench(
      [incidentOf([firing("a")], POSTED)],
      () => ({ text: "❔\nI cannot tell, as of 2 min ago" }),
      { ...LONG_AGO, takesMs: Number.POSITIVE_INFINITY },
    );
    watch.start();
    t.after(() => watch.stop());
    await clock.advance(WITHIN_MS);
    assert.deepEqual([polled.length, notices.length], [1, 1]);
    await clock.advance(60_000);
    assert.equal(polled.length, 1, "a poll that is under way is not asked again");
  });
});
