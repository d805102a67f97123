/** Who is on duty when, and when that changes. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { lastChange, nextChange, onDutyAt, type Shift } from "../../src/incidents/schedule.ts";
import { HOUR, T0 } from "./notifications.ts";

const shift = (name: string, from: number, hours: number): Shift => ({
  name,
  person: `U0${name.toUpperCase()}`,
  from: T0 + from * HOUR,
  until: T0 + (from + hours) * HOUR,
});

const namesOf = (shifts: readonly Shift[] = []) => shifts.map(({ name }) => name);

describe("on duty", () => {
  const shifts = [shift("alice", 0, 8), shift("alice", 8, 8), shift("bob", 16, 8)];

  test("is whoever's shift holds; its end belongs to the next", () => {
    assert.deepEqual(namesOf(onDutyAt(shifts, T0)), ["alice"]);
    assert.deepEqual(namesOf(onDutyAt(shifts, T0 + 16 * HOUR - 1)), ["alice"]);
    assert.deepEqual(namesOf(onDutyAt(shifts, T0 + 16 * HOUR)), ["bob"]);
    assert.deepEqual(namesOf(onDutyAt(shifts, T0 + 24 * HOUR)), []);
  });

  test("are all whose shifts overlap, each once", () => {
    const both = [...shifts, shift("carol", 4, 2), shift("alice", 4, 9)];
    assert.deepEqual(namesOf(onDutyAt(both, T0 + 5 * HOUR)), ["alice", "carol"]);
  });

  test("changes when the people do, not from one shift of theirs to the next", () => {
    const change = nextChange(shifts, T0 + HOUR);
    assert.equal(change?.at, T0 + 16 * HOUR);
    assert.deepEqual([namesOf(change?.before), namesOf(change?.after)], [["alice"], ["bob"]]);
    assert.equal(lastChange(shifts, { after: T0 + 7 * HOUR, until: T0 + 9 * HOUR }), undefined);
    const last = lastChange(shifts, { after: T0 + 15 * HOUR, until: T0 + 17 * HOUR });
    assert.deepEqual(namesOf(last?.after), ["bob"]);
  });

  test("may become nobody", () => {
    assert.deepEqual(namesOf(nextChange(shifts, T0 + 20 * HOUR)?.after), []);
  });
});
