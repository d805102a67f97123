/** What the next on-call must know, sorted. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { handoffOf } from "../../src/incidents/handoff.ts";
import { standingOf, worstFirst } from "../../src/incidents/standing.ts";
import { TEST_ALERT } from "../../src/incidents/test-alert.ts";
import { firing, HOUR, incidentOf, MINUTE, T0 } from "./notifications.ts";

const NOW = T0 + 12 * HOUR;
const SINCE = { sinceMs: T0, nowMs: NOW };

function incident(id: string, severity: string, change = {}) {
  const alert = firing(id, { labels: { alertname: id, severity } });
  return incidentOf([alert], { id, ...change });
}

const acknowledged = { by: "U0ALICE", at: NOW, until: NOW + HOUR };
const silences = [{ id: "s", by: "U0ALICE", at: NOW, until: NOW + HOUR, comment: "" }];

test("what is open stands by who has it, and worst first", () => {
  const open = [
    incident("info", "info"),
    incident("critical", "critical"),
    incident("mine", "warning", { acknowledged }),
    incident("quiet", "critical", { silences }),
  ];
  const handoff = handoffOf({ open, recent: [] }, SINCE);
  const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);
  assert.deepEqual(ids(handoff.open), ["critical", "info"]);
  assert.deepEqual(ids(handoff.acknowledged), ["mine"]);
  assert.deepEqual(ids(handoff.silenced), ["quiet"]);
  assert.deepEqual(ids(worstFirst(open, NOW)), ["critical", "quiet", "mine", "info"]);
});

test("a silence that has ended is none", () => {
  const ended = [{ ...silences[0], until: NOW - 1 }];
  assert.equal(standingOf(incident("a", "info", { silences: ended }), NOW), "open");
});

test("a test of the doctor's is nothing that the next person must know", () => {
  const over = { status: "resolved", openedAt: NOW - MINUTE, resolvedAt: NOW } as const;
  const recent = [incident(TEST_ALERT, "info", over), incident("Real", "info", over)];
  const { resolved, unanswered } = handoffOf({ open: [], recent }, SINCE);
  assert.deepEqual([resolved.length, unanswered], [1, 1]);
});

test("resolved ones are of the shift only, and those that nobody acknowledged are counted", () => {
  const resolved = (id: string, resolvedAt: number, change = {}) =>
    incident(id, "info", { status: "resolved", resolvedAt, ...change });
  const recent = [
    resolved("before", T0 - 1),
    resolved("alone", T0 + HOUR),
    resolved("helped", T0 + 2 * HOUR, { acknowledged }),
  ];
  const handoff = handoffOf({ open: [], recent }, SINCE);
  assert.deepEqual(
    handoff.resolved.map(({ id }) => id),
    ["helped", "alone"],
  );
  assert.equal(handoff.unanswered, 1);
});

test("what fired most is reported, each incident once, and flapping ones are named", () => {
  const times = [1, 2, 3, 4].map((n) => NOW - n * MINUTE);
  const noisy = incident("noisy", "info", { firedAt: times });
  const handoff = handoffOf({ open: [noisy], recent: [noisy, incident("calm", "info")] }, SINCE);
  assert.deepEqual(handoff.noisy, [{ alert: "noisy", firings: 4 }]);
  assert.deepEqual(
    handoff.flapping.map(({ id }) => id),
    ["noisy"],
  );
});

test("what was found stands at the firing in which it was found", () => {
  const found = (title: string) => [{ check: title, title, since: T0 }];
  const again = incident("Again", "info", {
    status: "resolved",
    openedAt: T0 + 2 * HOUR,
    resolvedAt: T0 + 3 * HOUR,
    pastEpisodes: [{ startedAt: T0, endedAt: T0 + HOUR, found: found("disk full") }],
    found: found("slow WAL"),
  });
  const { resolved } = handoffOf({ open: [], recent: [again] }, SINCE);
  assert.deepEqual(
    resolved.map((each) => each.found?.map(({ title }) => title)),
    [["slow WAL"], ["disk full"]],
  );
});
