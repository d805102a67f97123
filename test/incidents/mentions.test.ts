/** Whom an incident calls, when, and that nobody is called twice for the same. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Incident } from "../../src/incidents/incident.ts";
import { dueAtOf } from "../../src/incidents/incident-times.ts";
import { type MentionRule, withMentions } from "../../src/incidents/mentions.ts";
import type { Notice } from "../../src/incidents/notice.ts";
import fc from "../support/fast-check.ts";
import { firing, HOUR, incidentOf, MINUTE, resolved, T0 } from "./notifications.ts";

const RULES: readonly MentionRule[] = [
  { severities: ["critical"], who: ["S0ONCALL"], againAfterMs: 15 * MINUTE },
  { severities: ["warning"], who: ["S0DAY"] },
];

const critical = (name = "a") => firing(name, { labels: { alertname: "A", severity: "critical" } });
const warning = (name = "a") => firing(name, { labels: { alertname: "A", severity: "warning" } });

function open(alerts = [critical()], more: Partial<Incident> = {}): Incident {
  return { ...incidentOf(alerts), status: "firing", firedAt: [T0], ...more };
}

function call(incident: Incident, nowMs = T0, rules = RULES) {
  const { incident: after, notices } = withMentions(
    { incident, notices: [] as Notice[] },
    rules,
    nowMs,
  );
  return { after, calls: notices.map((each) => (each.kind === "mention" ? each.who : each.kind)) };
}

describe("an incident calls", () => {
  test("whom its severity names, after its message and before what explains it", () => {
    const notices: Notice[] = [{ kind: "incident" }, { kind: "diagnosis" }];
    const decided = withMentions({ incident: open(), notices }, RULES, T0);
    assert.deepEqual(
      decided.notices.map(({ kind }) => kind),
      ["incident", "mention", "diagnosis"],
    );
  });

  test("once more when nobody acknowledged it in time, and then no more", () => {
    const first = call(open()).after;
    assert.equal(dueAtOf(first), T0 + 15 * MINUTE);
    assert.deepEqual(call(first, T0 + 14 * MINUTE).calls, []);
    const second = call(first, T0 + 15 * MINUTE);
    assert.deepEqual(second.calls, [["S0ONCALL"]]);
    assert.equal(dueAtOf(second.after), undefined);
    assert.deepEqual(call(second.after, T0 + HOUR).calls, []);
  });

  test("nobody once somebody has it, until that is taken back", () => {
    const acknowledged = { by: "U1", at: T0, until: T0 + HOUR };
    const first = call(open()).after;
    assert.deepEqual(call({ ...first, acknowledged }, T0 + 20 * MINUTE).calls, []);
    assert.deepEqual(call(first, T0 + 20 * MINUTE).calls, [["S0ONCALL"]]);
  });

  test("others when it becomes worse, and those not again", () => {
    const first = call(open([warning()]));
    assert.deepEqual(first.calls, [["S0DAY"]]);
    const worse = call({ ...first.after, alerts: [warning(), critical("b")] }, T0 + MINUTE);
    assert.deepEqual(worse.calls, [["S0ONCALL"]]);
    assert.deepEqual(call({ ...worse.after, alerts: [warning()] }, T0 + 2 * MINUTE).calls, []);
  });

  test("nobody while it is silenced, and then whom it would have called", () => {
    const held = { id: "s", by: "alice", until: T0 + HOUR, comment: "" };
    const quiet = { kind: "silenced", silences: [held] } as const;
    const silenced = call(open([{ ...critical(), quiet } as ReturnType<typeof critical>]));
    assert.deepEqual(silenced.calls, []);
    assert.deepEqual(call({ ...silenced.after, alerts: [critical()] }).calls, [["S0ONCALL"]]);
  });

  test("nobody when it is over, flaps, is another app's, or no rule takes it", () => {
    const flapping = [T0 - 2 * MINUTE, T0 - MINUTE, T0];
    for (const incident of [
      open([resolved("a")], { status: "resolved" }),
      open(undefined, { firedAt: flapping }),
      open(undefined, { isExternal: true }),
      open([firing("a", { labels: { severity: "info" } })]),
    ]) {
      assert.deepEqual(call(incident).calls, []);
    }
  });

  test("in quiet hours nobody, and whom it would have when they end", () => {
    const quiet = { from: 0, to: 1_439, timeZone: "UTC" };
    const rules = [{ who: ["S0DAY"], quiet }];
    const midnight = Math.ceil(T0 / (24 * HOUR)) * 24 * HOUR;
    const waiting = call(open(), midnight, rules);
    assert.deepEqual(waiting.calls, []);
    const dueAt = midnight + 1_439 * MINUTE;
    assert.equal(dueAtOf(waiting.after), dueAt);
    assert.deepEqual(call(waiting.after, dueAt, rules).calls, [["S0DAY"]]);
  });
});

describe("an escalation", () => {
  const rules: readonly MentionRule[] = [
    {
      who: ["U0ALICE"],
      againAfterMs: 5 * MINUTE,
      escalate: { who: ["S0SECOND"], afterMs: 20 * MINUTE },
    },
  ];
  const at = (incident: Incident, minutes: number) => call(incident, T0 + minutes * MINUTE, rules);

  test("calls others after its time, behind the second call, once", () => {
    const first = at(open(), 0);
    const second = at(first.after, 5);
    assert.deepEqual([first.calls, second.calls], [[["U0ALICE"]], [["U0ALICE"]]]);
    assert.equal(dueAtOf(second.after), T0 + 20 * MINUTE);
    const third = at(second.after, 20);
    assert.deepEqual(third.calls, [["S0SECOND"]]);
    assert.deepEqual(at(third.after, 120).calls, []);
  });

  test("does not happen once somebody has acknowledged", () => {
    const first = at(open(), 0).after;
    const acknowledged = { by: "U1", at: T0, until: T0 + HOUR };
    assert.deepEqual(at({ ...first, acknowledged }, 30).calls, []);
  });

  test("comes at once where nobody is on duty, and that is reported", () => {
    const unstaffed = rules.map((rule) => ({ ...rule, who: ["schedule:first-line"] }));
    const first = call(open(), T0, unstaffed);
    assert.deepEqual(first.calls, [["schedule:first-line"]]);
    assert.equal(dueAtOf(first.after), T0);
    const second = call(first.after, T0, unstaffed);
    assert.deepEqual(second.calls, [["S0SECOND"]]);
    assert.deepEqual(call(second.after, T0 + HOUR, unstaffed).calls, []);
  });

  test("whoever comes on duty meanwhile is called, too", () => {
    const first = at(open(), 0).after;
    const bob = rules.map((rule) => ({ ...rule, who: ["U0BOB"] }));
    assert.deepEqual(call(first, T0 + MINUTE, bob).calls, [["U0BOB"]]);
  });
});

test("of any sequence, nobody is called first or once more twice in one episode", () => {
  const step = fc.record({
    pass: fc.integer({ min: 0, max: 20 * MINUTE }),
    severity: fc.constantFrom("critical", "warning", "info"),
    has: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let [incident, nowMs] = [open(), T0];
      const seen: string[] = [];
      for (const { pass, severity, has } of steps) {
        nowMs += pass;
        const { acknowledged: _, ...rest } = incident;
        const alerts = [firing("a", { labels: { alertname: "A", severity } })];
        const acknowledged = has
          ? { acknowledged: { by: "U1", at: nowMs, until: nowMs + HOUR } }
          : {};
        const next = withMentions(
          { incident: { ...rest, alerts, ...acknowledged }, notices: [] as Notice[] },
          RULES,
          nowMs,
        );
        for (const notice of next.notices) {
          if (notice.kind === "mention")
            seen.push(...notice.who.map((who) => `${who} ${notice.again}`));
        }
        incident = next.incident;
      }
      assert.equal(new Set(seen).size, seen.length, seen.join(", "));
    }),
  );
});
