/** When an incident's message is edited for its verdict, and what is remembered of it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Incident } from "../../src/incidents/incident.ts";
import { noteVerdict, type SeenVerdict } from "../../src/incidents/note-verdict.ts";
import { firing, incidentOf, MINUTE, resolved, SECOND, T0 } from "./notifications.ts";

const DISK = { check: "disk-full", title: "disk full", since: T0 };
const FULL: SeenVerdict = { text: "🔴\nThe disk is full: 10 writes", found: DISK };
const MORE: SeenVerdict = { text: "🔴\nThe disk is full: 12.3k writes", found: DISK };
const OVER: SeenVerdict = { text: "🟢\nIt is over" };
const OPEN = incidentOf([firing("a")], { target: "orders" });

function shownAt(text: string, ms: number) {
  return { text, atMs: T0 + ms };
}

test("a message without a verdict gets one at once", () => {
  const change = noteVerdict(OPEN, FULL, { shown: shownAt("", 0), nowMs: T0 + SECOND });
  assert.deepEqual(change?.notices, [{ kind: "incident" }]);
  assert.deepEqual(change?.incident.verdict, { ...shownAt(FULL.text, SECOND), namedCause: true });
  assert.deepEqual(change?.incident.found, [DISK]);
});

test("another verdict is shown half a minute after the last one, not before", () => {
  const shown = shownAt(FULL.text, 0);
  assert.deepEqual(noteVerdict(OPEN, OVER, { shown, nowMs: T0 + 29 * SECOND }), undefined);
  const change = noteVerdict(OPEN, OVER, { shown, nowMs: T0 + 30 * SECOND });
  assert.equal(change?.incident.verdict?.text, OVER.text);
});

test("where only figures moved, nobody is edited for two minutes", () => {
  const shown = shownAt(FULL.text, 0);
  const known: Incident = { ...OPEN, found: [DISK] };
  assert.equal(noteVerdict(known, MORE, { shown, nowMs: T0 + MINUTE }), undefined);
  assert.ok(noteVerdict(known, MORE, { shown, nowMs: T0 + 2 * MINUTE }));
});

test("an edit that is decided on is not decided on again before it is shown", () => {
  const shown = shownAt(FULL.text, 0);
  const decided = noteVerdict(OPEN, OVER, { shown, nowMs: T0 + MINUTE })?.incident;
  assert.ok(decided);
  const again = noteVerdict(decided, OVER, { shown, nowMs: T0 + MINUTE + SECOND });
  assert.equal(again, undefined);
});

test("each cause is remembered once, without an edit where the message says it already", () => {
  const change = noteVerdict(OPEN, FULL, { shown: shownAt(FULL.text, 0), nowMs: T0 + SECOND });
  assert.deepEqual([change?.notices, change?.incident.found], [[], [DISK]]);
  const next = change?.incident ?? OPEN;
  const how = { shown: shownAt(FULL.text, 0), nowMs: T0 + 2 * SECOND };
  assert.equal(noteVerdict(next, FULL, how), undefined);
});

test("a thread that opened without a cause reads the first one, once, however it comes and goes", () => {
  const none: SeenVerdict = { text: "🟢\nNo write was refused" };
  const shown = shownAt(none.text, 0);
  const early = noteVerdict(OPEN, FULL, { shown, nowMs: T0 + 5 * SECOND });
  assert.deepEqual(early?.notices, [], "the message was shown just now");
  const first = noteVerdict(early?.incident ?? OPEN, FULL, { shown, nowMs: T0 + 30 * SECOND });
  assert.deepEqual(first?.notices, [{ kind: "incident" }, { kind: "diagnosis" }]);
  let incident = first?.incident ?? OPEN;
  for (const [minute, seen] of [OVER, FULL, OVER, FULL].entries()) {
    const nowMs = T0 + (minute + 1) * MINUTE;
    const change = noteVerdict(incident, seen, { shown, nowMs });
    assert.deepEqual(change?.notices, [{ kind: "incident" }], `minute ${minute + 1}`);
    incident = change?.incident ?? incident;
  }
});

test("a thread that opened with a cause reads no second verdict", () => {
  const shown = { ...shownAt(FULL.text, 0), namedCause: true } as const;
  const other: SeenVerdict = { text: "🔴\nThe server is down", found: { ...DISK, check: "down" } };
  const change = noteVerdict(OPEN, other, { shown, nowMs: T0 + MINUTE });
  assert.deepEqual(change?.notices, [{ kind: "incident" }]);
});

test("what is over is left as it is", () => {
  const over = incidentOf([resolved("a")]);
  assert.equal(noteVerdict(over, FULL, { shown: undefined, nowMs: T0 + MINUTE }), undefined);
});
