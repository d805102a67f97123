/** What a story says of why it happened, what ended it, and how long people took. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { type KeptEvent, storyOf } from "../../src/incidents/story.ts";
import { storyFacts } from "../../src/incidents/story-facts.ts";
import { firing, incidentOf, MINUTE, T0 } from "./notifications.ts";

function said(at: number, detail: Readonly<Record<string, unknown>>): KeptEvent {
  return { kind: "audit", at: T0 + at, who: "U0ALICE", action: "feedback", detail };
}

const DISK = { check: "disk-full", title: "disk full", since: T0 };
const SLOW = { check: "wal-slow", title: "slow WAL", since: T0 + 21 * MINUTE };

/** It fired for ten minutes, and from the twentieth on for two. */
const INCIDENT = incidentOf([firing("a")], {
  status: "resolved",
  openedAt: T0 + 20 * MINUTE,
  resolvedAt: T0 + 22 * MINUTE,
  firedAt: [T0, T0 + 20 * MINUTE],
  pastEpisodes: [
    { startedAt: T0, endedAt: T0 + 10 * MINUTE, acknowledgedAt: T0 + 3 * MINUTE, found: [DISK] },
  ],
  found: [DISK, SLOW],
});

test("the causes of all firings are there, once each, with the means over the firings", () => {
  const { causes, means, firstFiredAt } = storyFacts(storyOf(INCIDENT, [], []));
  assert.deepEqual(causes, [
    { title: "disk full", since: DISK.since },
    { title: "slow WAL", since: SLOW.since },
  ]);
  assert.deepEqual(means, { toAcknowledge: 3 * MINUTE, toResolve: 6 * MINUTE });
  assert.equal(firstFiredAt, T0);
});

test("what ended it has who said so, and the step or the note; a verdict on a section is none", () => {
  const events = [
    said(1, { verdict: "useful", section: "page#mitigation" }),
    said(2, { verdict: "cleared", step: "grow the volume", section: "page#mitigation" }),
    said(3, { verdict: "cleared", section: "page#mitigation" }),
    said(4, { verdict: "other", note: "moved the topic" }),
    said(5, { verdict: "itself" }),
  ];
  const { endings } = storyFacts(storyOf(INCIDENT, events, []));
  assert.deepEqual(endings, [
    { how: "shown-step", by: "U0ALICE", at: T0 + 2, text: "grow the volume" },
    { how: "shown-step", by: "U0ALICE", at: T0 + 3, text: "page#mitigation" },
    { how: "other", by: "U0ALICE", at: T0 + 4, text: "moved the topic" },
    { how: "no-action", by: "U0ALICE", at: T0 + 5 },
  ]);
});
