/** Schedules in a route's mentions become the people on duty. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { withPeopleOnDuty } from "../../../src/features/duty/on-duty.ts";
import type { Shift } from "../../../src/incidents/schedule.ts";
import { HOUR, T0 } from "../../incidents/notifications.ts";

const RULES = [{ who: ["schedule:a", "S0TEAM"], escalate: { who: ["schedule:b"], afterMs: HOUR } }];
const shift = (person?: string): Shift => ({
  from: T0,
  until: T0 + HOUR,
  name: "somebody",
  ...(person === undefined ? {} : { person }),
});

function resolved(shifts: Readonly<Record<string, readonly Shift[] | undefined>>) {
  const rules = withPeopleOnDuty(RULES, (name) => shifts[name], T0);
  return rules === "unknown" ? rules : [rules[0]?.who, rules[0]?.escalate?.who];
}

describe("a schedule stands for", () => {
  test("everybody on duty, each once", () => {
    const both = [shift("U1"), shift("U2")];
    assert.deepEqual(resolved({ a: both, b: [shift("U1")] }), [["U1", "U2", "S0TEAM"], ["U1"]]);
  });

  test("itself when nobody is, or nobody whom Slack knows", () => {
    assert.deepEqual(resolved({ a: [], b: [shift()] }), [["schedule:a", "S0TEAM"], ["schedule:b"]]);
  });

  test("nothing that is known until its calendar was read", () => {
    assert.equal(resolved({ a: [shift("U1")], b: undefined }), "unknown");
  });
});
