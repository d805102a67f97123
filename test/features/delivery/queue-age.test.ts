/** The age of what waits, and an incident's end as it was when it was told of. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { asOfItsEnd } from "../../../src/features/delivery/as-of.ts";
import { deliveryProblem, queueAgeOf } from "../../../src/features/delivery/queue-age.ts";
import { firing, incidentOf, T0 } from "../../incidents/notifications.ts";

test("nothing waits: no age and no problem", () => {
  const age = queueAgeOf({ oldestAt: undefined, unnamedAt: undefined }, T0);
  assert.deepEqual(age, { queueSeconds: 0, unnamedSeconds: 0 });
  assert.equal(deliveryProblem(age), undefined);
});

test("an incident without a message for over a minute is a problem, an old explanation is none", () => {
  const old = queueAgeOf({ oldestAt: T0 - 600_000, unnamedAt: undefined }, T0);
  assert.equal(old.queueSeconds, 600);
  assert.equal(deliveryProblem(old), undefined);
  const unnamed = queueAgeOf({ oldestAt: T0 - 90_000, unnamedAt: T0 - 90_000 }, T0);
  assert.match(deliveryProblem(unnamed) ?? "", /90 s/);
});

test("an end that is reported late keeps its times, though it fires again", () => {
  const again = {
    ...incidentOf([firing("a")]),
    openedAt: T0 + 600_000,
    pastEpisodes: [
      { startedAt: T0, endedAt: T0 + 180_000 },
      { startedAt: T0 + 300_000, endedAt: T0 + 400_000 },
    ],
  };
  const first = asOfItsEnd(again, T0 + 181_000);
  assert.deepEqual([first.openedAt, first.resolvedAt], [T0, T0 + 180_000]);
  const second = asOfItsEnd(again, T0 + 401_000);
  assert.deepEqual([second.openedAt, second.resolvedAt], [T0 + 300_000, T0 + 400_000]);
});
