/** How often, how long and when: an alert's incidents counted. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { alertHistory } from "../../src/incidents/alert-history.ts";
import type { Incident } from "../../src/incidents/incident.ts";
import { firing, HOUR, incidentOf, MINUTE, T0 } from "./notifications.ts";

const DAY = 24 * HOUR;
const NOW = T0 + 40 * DAY;

function over(agoMs: number, lastedMs: number, change: Partial<Incident> = {}): Incident {
  const openedAt = NOW - agoMs;
  return incidentOf([firing("a")], {
    status: "resolved",
    openedAt,
    firedAt: [openedAt],
    resolvedAt: openedAt + lastedMs,
    ...change,
  });
}

test("firings are counted in 7 and in 30 days, those of one incident each", () => {
  const often = over(DAY, MINUTE, { firedAt: [NOW - 2 * DAY, NOW - DAY], reopened: 1 });
  const { week, month, isMore } = alertHistory([often, over(20 * DAY, 1), over(35 * DAY, 1)], NOW);
  assert.deepEqual({ week, month, isMore }, { week: 2, month: 3, isMore: false });
});

test("beginnings that are remembered no more are shown as missing", () => {
  const stormy = over(DAY, MINUTE, { firedAt: [NOW - DAY], reopened: 30 });
  assert.equal(alertHistory([stormy], NOW).isMore, true);
});

test("median and longest are of those that are over", () => {
  const open = over(HOUR, 0, { status: "firing", openedAt: NOW - HOUR });
  const spans = [2, 4, 60].map((minutes, n) => over((n + 1) * DAY, minutes * MINUTE));
  const { median, longest, firingSince } = alertHistory([open, ...spans], NOW);
  assert.equal(median, 4 * MINUTE);
  assert.equal(longest, HOUR);
  assert.equal(firingSince, NOW - HOUR);
});

test("without any that is over there is no median", () => {
  const { median, longest } = alertHistory([], NOW);
  assert.deepEqual([median, longest], [undefined, undefined]);
});

test("hours are typical when most firings begin within four of them, over midnight, too", () => {
  const midnight = NOW - (NOW % DAY);
  const at = (hour: number, day: number) => NOW - (midnight - day * DAY + hour * HOUR);
  const nights = [23, 0, 1, 23, 0, 1].map((hour, day) => over(at(hour, day + 2), MINUTE));
  const { hours } = alertHistory([...nights, over(at(12, 9), MINUTE)], NOW);
  assert.deepEqual(hours, { from: 22, to: 2, firings: 6, of: 7 });
});

test("hours are not typical when they are spread, or when there are few", () => {
  const spread = Array.from({ length: 12 }, (_, n) => over(n * 2 * HOUR + n * DAY, MINUTE));
  assert.equal(alertHistory(spread, NOW).hours, undefined);
  assert.equal(alertHistory([over(DAY, 1), over(2 * DAY, 1)], NOW).hours, undefined);
});

test("the last five stand latest first", () => {
  const all = [3, 1, 2, 6, 5, 4].map((days) => over(days * DAY, days));
  assert.deepEqual(
    alertHistory(all, NOW).last.map(({ openedAt }) => (NOW - openedAt) / DAY),
    [1, 2, 3, 4, 5],
  );
});
