/** What people and time do to an incident. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Act, actOnIncident, passTime } from "../../src/incidents/act-on-incident.ts";
import type { Change } from "../../src/incidents/change.ts";
import { type Incident, silenceOf } from "../../src/incidents/incident.ts";
import { dueAtOf, isFlapping } from "../../src/incidents/incident-times.ts";
import { joinDifferences } from "../../src/incidents/notice.ts";
import fc from "../support/fast-check.ts";
import { apply } from "./applied.ts";
import { firing, HOUR, incidentOf, MINUTE, resolved, T0 } from "./notifications.ts";

const TIMES = { holdsMs: 4 * HOUR, remindAfterMs: 30 * MINUTE };
const FIRING = incidentOf([firing("a")]);
const OVER = apply(FIRING, [resolved("a")]).incident;

function act(incident: Incident, does: Act, nowMs = T0 + HOUR) {
  return actOnIncident(incident, does, { nowMs, times: TIMES });
}

function changed(incident: Incident, does: Act, nowMs?: number): Change {
  const outcome = act(incident, does, nowMs);
  assert.ok("incident" in outcome, `nothing was done: ${JSON.stringify(outcome)}`);
  return outcome;
}

const ACKNOWLEDGE: Act = { kind: "acknowledge", by: "U1" };
const SILENCE = { id: "s1", by: "U1", at: T0 + HOUR, until: T0 + 3 * HOUR, comment: "disk swap" };

describe("an acknowledgement", () => {
  const { incident, notices, audit } = changed(FIRING, ACKNOWLEDGE);

  test("is shown, said, and in the audit log", () => {
    assert.deepEqual(notices, [
      { kind: "incident" },
      { kind: "acknowledged", by: "U1", until: T0 + 5 * HOUR },
    ]);
    assert.deepEqual([audit?.who, audit?.action], ["U1", "acknowledge"]);
  });

  test("is asked about once, and ends on its own", () => {
    assert.equal(dueAtOf(incident), T0 + HOUR + 30 * MINUTE);
    assert.equal(passTime(incident, T0 + HOUR + 29 * MINUTE), undefined);
    const asked = passTime(incident, T0 + 2 * HOUR);
    assert.deepEqual(asked?.notices, [{ kind: "reminder", by: "U1", until: T0 + 5 * HOUR }]);
    assert.equal(passTime(asked?.incident ?? FIRING, T0 + 3 * HOUR), undefined);
    const ended = passTime(asked?.incident ?? FIRING, T0 + 5 * HOUR);
    assert.deepEqual(ended?.notices, [
      { kind: "incident" },
      { kind: "acknowledgement-ended", by: "U1" },
    ]);
    assert.equal(ended?.incident.acknowledged, undefined);
  });

  test("given again holds longer; another person takes over", () => {
    const again = changed(incident, { kind: "acknowledge", by: "U2" }, T0 + 2 * HOUR);
    assert.deepEqual(again.incident.acknowledged, {
      by: "U2",
      at: T0 + 2 * HOUR,
      until: T0 + 6 * HOUR,
      remindAt: T0 + 2 * HOUR + 30 * MINUTE,
    });
  });

  test("taken back leaves nothing due", () => {
    const back = changed(incident, { kind: "unacknowledge", by: "U2" });
    assert.equal(dueAtOf(back.incident), undefined);
    assert.deepEqual(act(back.incident, { kind: "unacknowledge", by: "U2" }), {
      refused: "not-so",
    });
  });

  test("of what is over is refused, and what ends while acknowledged is due no more", () => {
    assert.deepEqual(act(OVER, ACKNOWLEDGE), { refused: "over" });
    const ended = apply(incident, [resolved("a")]).incident;
    assert.equal(dueAtOf(ended), undefined);
    assert.equal(ended.acknowledged?.by, "U1", "who worked on it is remembered");
  });

  test("does not outlast its firing: what fires again needs somebody anew", () => {
    const ended = apply(incident, [resolved("a")]).incident;
    const again = apply(ended, [firing("a", { startsAt: T0 + 20 * MINUTE })], {
      at: 20 * MINUTE,
    }).incident;
    assert.equal(again.acknowledged, undefined);
  });
});

describe("a silence", () => {
  const silenced = changed(FIRING, { kind: "silence", by: "U1", silence: SILENCE });

  test("expires its end, and its end is reported", () => {
    assert.equal(silenceOf(silenced.incident, T0 + 2 * HOUR)?.id, "s1");
    assert.equal(silenceOf(silenced.incident, T0 + 3 * HOUR), undefined);
    const ended = passTime(silenced.incident, T0 + 3 * HOUR);
    assert.deepEqual(ended?.notices[1], { kind: "unsilenced", silence: SILENCE });
    assert.equal(ended?.incident.silences, undefined);
  });

  test("undone is reported with who did it", () => {
    const undo: Act = { kind: "unsilence", by: "U2", silenceId: "s1" };
    const undone = changed(silenced.incident, undo);
    assert.deepEqual(undone.notices[1], { kind: "unsilenced", silence: SILENCE, by: "U2" });
    assert.deepEqual(act(undone.incident, undo), { refused: "not-so" });
  });

  test("of several the one that holds longest is shown", () => {
    const longer = { ...SILENCE, id: "s2", until: T0 + 9 * HOUR };
    const { incident } = changed(silenced.incident, { kind: "silence", by: "U1", silence: longer });
    assert.equal(silenceOf(incident, T0 + 2 * HOUR)?.id, "s2");
    assert.equal(dueAtOf(incident), SILENCE.until);
  });
});

test("noise is marked once and can be taken back", () => {
  const { incident } = changed(FIRING, { kind: "noise", by: "U1" });
  assert.deepEqual(act(incident, { kind: "noise", by: "U2" }), { refused: "already" });
  const back = changed(incident, { kind: "not-noise", by: "U2" });
  assert.equal(back.incident.noise, undefined);
});

test("what fires three times within an hour flaps, and is steady again later", () => {
  let incident = FIRING;
  for (const [from, to] of [
    [0, 10],
    [10, 20],
  ] as const) {
    const [startsAt, endsAt] = [T0 + from * MINUTE, T0 + (to - 5) * MINUTE];
    const over = [resolved("a", { startsAt, endsAt })];
    incident = apply(incident, over, { at: (to - 5) * MINUTE }).incident;
    const again = [firing("a", { startsAt: T0 + to * MINUTE })];
    incident = apply(incident, again, { at: to * MINUTE }).incident;
  }
  assert.equal(isFlapping(incident, T0 + 21 * MINUTE), true);
  assert.equal(isFlapping(incident, T0 + 3 * HOUR), false);
});

test("two differences told as one say what came and went since the first", () => {
  const names = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e"));
  fc.assert(
    fc.property(names, names, names, (before, between, after) => {
      const difference = (from: readonly string[], to: readonly string[]) => ({
        kind: "changed" as const,
        added: to.filter((each) => !from.includes(each)),
        gone: from.filter((each) => !to.includes(each)),
      });
      const joined = joinDifferences(difference(before, between), difference(between, after));
      const direct = difference(before, after);
      assert.deepEqual(joined.added.toSorted(), direct.added.toSorted());
      assert.deepEqual(joined.gone.toSorted(), direct.gone.toSorted());
    }),
  );
});
