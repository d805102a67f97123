/** One incident that fired several times: each firing counts, wherever it is told of. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { timelineMarkdown } from "../../src/features/history/timeline-markdown.ts";
import { actOnIncident } from "../../src/incidents/act-on-incident.ts";
import { alertHistory } from "../../src/incidents/alert-history.ts";
import { handoffOf } from "../../src/incidents/handoff.ts";
import type { Incident } from "../../src/incidents/incident.ts";
import { episodesOf } from "../../src/incidents/incident-times.ts";
import { storyOf } from "../../src/incidents/story.ts";
import { apply } from "./applied.ts";
import { firing, HOUR, incidentOf, MINUTE, resolved, T0 } from "./notifications.ts";

const TIMES = { holdsMs: HOUR, remindAfterMs: MINUTE };

/** Fired for 5 min, then fires again from 30 min on, acknowledged at 32 min. */
function twice(): Incident {
  const over = apply(incidentOf([firing("a")]), [resolved("a")]).incident;
  const again = apply(over, [firing("a", { startsAt: T0 + 30 * MINUTE })], { at: 31 * MINUTE });
  const act = { kind: "acknowledge", by: "U1" } as const;
  const acted = actOnIncident(again.incident, act, { nowMs: T0 + 32 * MINUTE, times: TIMES });
  assert.ok("incident" in acted);
  return acted.incident;
}

test("a reopened incident has its episodes, each with its own start, end and acknowledgement", () => {
  assert.deepEqual(episodesOf(twice()), [
    { startedAt: T0, endedAt: T0 + 5 * MINUTE },
    { startedAt: T0 + 30 * MINUTE, acknowledgedAt: T0 + 32 * MINUTE },
  ]);
});

test("one that fires again with its old start begins when it was reported", () => {
  const over = apply(incidentOf([firing("a")]), [resolved("a")]).incident;
  const again = apply(over, [firing("a")], { at: 31 * MINUTE }).incident;
  assert.deepEqual(episodesOf(again), [
    { startedAt: T0, endedAt: T0 + 5 * MINUTE },
    { startedAt: T0 + 31 * MINUTE },
  ]);
});

test("no firing ends before it began, also when the end that is reported is that of the one before", () => {
  const over = apply(incidentOf([firing("a")]), [resolved("a")]).incident;
  const again = apply(over, [firing("a")], { at: 31 * MINUTE }).incident;
  const ended = apply(again, [resolved("a")], { at: 40 * MINUTE }).incident;
  assert.equal(ended.status, "resolved");
  assert.deepEqual(episodesOf(ended).at(-1), {
    startedAt: T0 + 31 * MINUTE,
    endedAt: T0 + 31 * MINUTE,
  });
});

test("history knows how long it lasted although it fires now", () => {
  const history = alertHistory([twice()], T0 + HOUR);
  assert.deepEqual([history.median, history.firingSince], [5 * MINUTE, T0 + 30 * MINUTE]);
});

test("handoff counts what was resolved in between, and who answered", () => {
  const handoff = handoffOf(
    { open: [twice()], recent: [twice()] },
    { sinceMs: T0, nowMs: T0 + HOUR },
  );
  assert.deepEqual([handoff.resolved.length, handoff.unanswered], [1, 1]);
  assert.equal(handoff.acknowledged.length, 1);
});

test("the timeline measures the acknowledgement from the firing that was acknowledged", () => {
  const events = [
    { kind: "audit", at: T0 + 32 * MINUTE, who: "U1", action: "acknowledge", detail: {} },
  ] as const;
  const story = storyOf(twice(), events, []);
  assert.deepEqual(
    story.episodes.map(({ acknowledgedAfter, resolvedAfter }) => [
      acknowledgedAfter,
      resolvedAfter,
    ]),
    [
      [undefined, 5 * MINUTE],
      [2 * MINUTE, undefined],
    ],
  );
  const text = timelineMarkdown(story, { nameOf: (id) => id });
  assert.match(text, /Mean time to acknowledge.*: 2 min.* 1 of 2 /);
});

test("mean times are over single firings, and history and handoff have them", () => {
  const over = apply(twice(), [resolved("a", { startsAt: T0 + 30 * MINUTE })], {
    at: 50 * MINUTE,
  }).incident;
  const ended = { ...over, resolvedAt: T0 + 45 * MINUTE };
  const means = { toAcknowledge: 2 * MINUTE, toResolve: 10 * MINUTE };
  assert.deepEqual(alertHistory([ended], T0 + HOUR).means, means);
  const span = { sinceMs: T0, nowMs: T0 + HOUR };
  assert.deepEqual(handoffOf({ open: [], recent: [ended] }, span).means, means);
  assert.deepEqual(alertHistory([incidentOf([firing("a")])], T0 + MINUTE).means, {});
});
