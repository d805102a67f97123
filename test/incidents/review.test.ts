/** What a review says of the rules of a channel's alerts. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Episode, Incident } from "../../src/incidents/incident.ts";
import { reviewOf } from "../../src/incidents/review.ts";
import { TEST_ALERT } from "../../src/incidents/test-alert.ts";
import { firing, HOUR, incidentOf, MINUTE, resolved, T0 } from "./notifications.ts";

const SPAN = { sinceMs: T0 - HOUR, hasRunbook: (alert: string) => alert !== "Unwritten" };

/** An incident that fired at these minutes, for so many minutes each, and is over. */
function fired(
  alert: string,
  times: readonly (readonly [at: number, lasted: number])[],
  more: Partial<Episode> = {},
): Incident {
  const episodes = times.map(([at, lasted]) => ({
    startedAt: T0 + at * MINUTE,
    endedAt: T0 + (at + lasted) * MINUTE,
    ...more,
  }));
  const last = episodes.at(-1);
  assert.ok(last !== undefined);
  return incidentOf([resolved("a", { labels: { alertname: alert } })], {
    status: "resolved",
    openedAt: last.startedAt,
    resolvedAt: last.endedAt,
    pastEpisodes: episodes.slice(0, -1),
    firedAt: episodes.map(({ startedAt }) => startedAt),
    ...(last.acknowledgedAt === undefined ? {} : { acknowledgedAt: last.acknowledgedAt }),
  });
}

describe("a review", () => {
  test("counts firings, not incidents, and those of the span alone", () => {
    const review = reviewOf(
      [
        fired("A", [
          [-120, 5],
          [0, 5],
          [300, 5],
        ]),
      ],
      SPAN,
    );
    assert.deepEqual([review.incidents, review.firings], [1, 2]);
    assert.equal(review.means.toResolve, 5 * MINUTE);
  });

  test("names what fired most, with how long in all", () => {
    const noisy = fired("Noisy", [
      [0, 10],
      [200, 10],
      [400, 10],
      [600, 20],
    ]);
    const review = reviewOf([noisy, fired("Rare", [[0, 60]])], SPAN);
    assert.deepEqual(review.noisiest, [{ alert: "Noisy", firings: 4, ms: 50 * MINUTE }]);
  });

  test("proposes the shortest wait that spares half of the firings", () => {
    const short = fired("Short", [
      [0, 0.5],
      [100, 4],
      [200, 4.5],
      [300, 60],
    ]);
    assert.deepEqual(reviewOf([short], SPAN).longerFor, [
      { alert: "Short", byMs: 5 * MINUTE, spared: 3, firings: 4 },
    ]);
  });

  test("proposes nothing for what lasts, is rare, was worked on, or shares its group", () => {
    const acknowledgedAt = T0;
    const together = {
      ...fired("Short", [
        [0, 1],
        [100, 1],
        [200, 1],
      ]),
      alerts: [
        resolved("a", { labels: { alertname: "X" } }),
        resolved("b", { labels: { alertname: "Y" } }),
      ],
    };
    const all = [
      fired("Long", [
        [0, 120],
        [200, 120],
        [400, 120],
      ]),
      fired("Rare", [
        [0, 1],
        [100, 1],
      ]),
      fired(
        "Worked",
        [
          [0, 1],
          [100, 1],
          [200, 1],
        ],
        { acknowledgedAt },
      ),
      together,
    ];
    assert.deepEqual(reviewOf(all, SPAN).longerFor, []);
  });

  test("names what nobody acknowledged, flaps, or has no runbook", () => {
    const review = reviewOf(
      [
        fired("Unwritten", [
          [0, 1],
          [10, 1],
          [20, 1],
        ]),
        fired(
          "Answered",
          [
            [0, 1],
            [300, 1],
            [600, 1],
          ],
          { acknowledgedAt: T0 },
        ),
      ],
      SPAN,
    );
    assert.deepEqual(review.unanswered, [{ alert: "Unwritten", firings: 3 }]);
    assert.deepEqual(review.flapping, ["Unwritten"]);
    assert.deepEqual(review.withoutRunbook, ["Unwritten"]);
  });

  test("leaves out the doctor's test alert, which says nothing of a server", () => {
    const review = reviewOf([fired(TEST_ALERT, [[0, 1]]), fired("Unwritten", [[10, 1]])], SPAN);
    assert.deepEqual([review.incidents, review.withoutRunbook], [1, ["Unwritten"]]);
  });

  test("counts what still fires, without an end to propose by", () => {
    const open = incidentOf([firing("a")], { openedAt: T0 });
    const review = reviewOf([open], SPAN);
    assert.deepEqual([review.firings, review.longerFor], [1, []]);
  });
});
