/** A timeline as JSON: the facts of a post-mortem are fields, and not words in its Markdown alone. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { concludeTimeline } from "../../../src/edges/answers/conclude-incidents.ts";
import { TIMELINE_OUTPUT } from "../../../src/edges/answers/terminal-shapes.ts";
import { type KeptEvent, storyOf } from "../../../src/incidents/story.ts";
import { firing, incidentOf, MINUTE, notification, T0 } from "../../incidents/notifications.ts";

function did(
  minutes: number,
  action: string,
  detail: Readonly<Record<string, unknown>>,
): KeptEvent {
  return { kind: "audit", at: T0 + minutes * MINUTE, who: "U0ALICE", action, detail };
}

test("cause, ending, times and the facts of each act are fields of the schema", () => {
  const incident = incidentOf([firing("a")], {
    status: "resolved",
    openedAt: T0,
    firedAt: [T0],
    resolvedAt: T0 + 9 * MINUTE,
    found: [{ check: "disk-full", title: "disk full", since: T0 }],
  });
  const opened = notification([firing("a")]);
  const events: readonly KeptEvent[] = [
    { kind: "notification", at: T0, reason: "opened", notification: opened },
    did(2, "acknowledge", { until: T0 + 60 * MINUTE }),
    did(3, "asked", { command: "why-slow" }),
    did(4, "silence", { until: 1e99, comment: "freeing the disk" }),
    did(10, "feedback", { verdict: "cleared", step: "grow the volume" }),
  ];
  const answer = TIMELINE_OUTPUT.parse(
    concludeTimeline(
      { ...storyOf(incident, events, []), markdown: "# Incident" },
      { nowMs: T0 + 11 * MINUTE, nameOf: (id) => (id === "U0ALICE" ? "Alice" : undefined) },
    ),
  );
  const alice = { id: "U0ALICE", name: "Alice" };
  const iso = (minutes: number): string => new Date(T0 + minutes * MINUTE).toISOString();
  assert.equal(answer.firstFiredAt, iso(0));
  assert.deepEqual(answer.found, ["disk full"]);
  assert.deepEqual(answer.causes, [{ title: "disk full", since: iso(0) }]);
  assert.deepEqual(answer.endings, [
    { how: "shown-step", by: alice, at: iso(10), text: "grow the volume" },
  ]);
  assert.deepEqual(answer.means, { secondsToAcknowledge: 120, secondsToResolve: 540 });
  const [fired, , acknowledged, asked, silenced, judged] = answer.entries;
  assert.equal(fired?.again, false);
  assert.equal(acknowledged?.until, iso(60));
  assert.equal(asked?.text, "why-slow");
  // A silence may be made until a time that no calendar has.
  assert.deepEqual([silenced?.text, silenced?.until], ["freeing the disk", undefined]);
  assert.deepEqual([judged?.verdict, judged?.text], ["cleared", "grow the volume"]);
});
