/** What a source's API says of an incident, and what becomes of it. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ABSENT_FOR_MS } from "../../src/alerts/source.ts";
import type { Incident, Quiet } from "../../src/incidents/incident.ts";
import { quietOf } from "../../src/incidents/quiet.ts";
import { reconcile, type SourceView } from "../../src/incidents/reconcile.ts";
import { apply } from "./applied.ts";
import { firing, HOUR, incidentOf, MINUTE, resolved, SECOND, T0 } from "./notifications.ts";

const NOW = T0 + HOUR;
const SILENCED: Quiet = {
  kind: "silenced",
  silences: [{ id: "s1", by: "alice", until: NOW + HOUR, comment: "known" }],
};

function view(held: Readonly<Record<string, Quiet | "active">>, change: Partial<SourceView> = {}) {
  const entries = Object.entries(held).map(
    ([fingerprint, state]) =>
      [fingerprint, { startsAt: T0, ...(state === "active" ? {} : { quiet: state }) }] as const,
  );
  return {
    askedAt: NOW,
    held: new Map(entries),
    unknown: new Set<string>(),
    isComplete: true,
    absentForMs: ABSENT_FOR_MS,
    endedSilences: new Set<string>(),
    regrouped: new Map<string, string>(),
    ...change,
  } satisfies SourceView;
}

function after(current: Incident, seen: SourceView, nowMs = NOW + SECOND) {
  const change = reconcile(current, seen, nowMs);
  return {
    incident: change?.incident ?? current,
    kinds: change?.notices.map(({ kind }) => kind) ?? [],
    action: change?.audit?.action,
  };
}

const TWO = incidentOf([firing("a"), firing("b")]);

test("what the source holds as active fires, and nothing is said of it", () => {
  assert.deepEqual(after(TWO, view({ a: "active", b: "active" })).kinds, []);
});

describe("an alert that no member holds", () => {
  const first = after(TWO, view({ a: "active" }));

  test("fires until it is missing for the second time, half a minute later", () => {
    assert.deepEqual([first.kinds, first.incident.status], [[], "firing"]);
    const soon = view({ a: "active" }, { askedAt: NOW + 10 * SECOND });
    assert.deepEqual(after(first.incident, soon, NOW + 11 * SECOND).kinds, []);
    const late = view({ a: "active" }, { askedAt: NOW + ABSENT_FOR_MS + SECOND });
    const second = after(first.incident, late, NOW + ABSENT_FOR_MS + SECOND);
    assert.deepEqual(second.kinds, ["incident", "changed"]);
    assert.equal(second.action, "found-over");
    const gone = second.incident.alerts.find(({ fingerprint }) => fingerprint === "b");
    assert.deepEqual([gone?.status, gone?.endsAt], ["resolved", NOW + SECOND]);
  });

  test("begins to be missing again when it was there, or reported, in between", () => {
    const back = after(
      first.incident,
      view({ a: "active", b: "active" }, { askedAt: NOW + 9_000 }),
    );
    assert.ok(back.incident.alerts.every(({ absentSince }) => absentSince === undefined));
    const told = apply(first.incident, [firing("a"), firing("b")], { at: HOUR + MINUTE });
    assert.ok(told.incident.alerts.every(({ absentSince }) => absentSince === undefined));
  });

  test("is not an end while a member has not been up for long, or none answered", () => {
    for (const askedAt of [NOW, NOW + HOUR]) {
      const seen = view({}, { askedAt, isComplete: false });
      assert.deepEqual(after(TWO, seen, askedAt + SECOND).kinds, []);
    }
  });

  test("is not an end while a member that does not answer held it a moment ago", () => {
    const seen = (askedAt: number) => view({ a: "active" }, { askedAt, unknown: new Set(["b"]) });
    const once = after(TWO, seen(NOW)).incident;
    assert.deepEqual(after(once, seen(NOW + HOUR), NOW + HOUR + SECOND).kinds, []);
  });

  test("ends the incident when it is the last one, and the message says how", () => {
    const one = incidentOf([firing("a")]);
    const missing = after(one, view({})).incident;
    const over = after(missing, view({}, { askedAt: NOW + MINUTE }), NOW + MINUTE + SECOND);
    assert.deepEqual(over.kinds, ["incident", "resolved"]);
    assert.deepEqual(over.incident.closing, { kind: "not-held" });
  });
});

describe("an alert that the source holds as silenced or inhibited", () => {
  test("makes the incident quiet, with by whom and until when", () => {
    const quiet = after(TWO, view({ a: SILENCED, b: SILENCED }));
    assert.deepEqual(quiet.kinds, ["incident", "quieted"]);
    assert.deepEqual(quietOf(quiet.incident, NOW), SILENCED);
    assert.equal(quietOf(quiet.incident, NOW + 2 * HOUR), undefined);
    assert.equal(quiet.action, "found-silenced");
  });

  test("leaves the incident loud while another alert is active", () => {
    const part = after(TWO, view({ a: SILENCED, b: "active" }));
    assert.deepEqual(part.kinds, ["incident"]);
    assert.equal(quietOf(part.incident, NOW), undefined);
  });

  test("is received again when nothing keeps it quiet", () => {
    const quiet = after(TWO, view({ a: SILENCED, b: SILENCED })).incident;
    const active = view({ a: "active", b: "active" }, { askedAt: NOW + MINUTE });
    const loud = after(quiet, active, NOW + MINUTE + SECOND);
    assert.deepEqual(loud.kinds, ["incident", "reported-again"]);
  });

  test("is shown as inhibited by what", () => {
    const inhibited: Quiet = { kind: "inhibited", by: ["StreamlineDown"] };
    const quiet = after(incidentOf([firing("a")]), view({ a: inhibited }));
    assert.deepEqual(quietOf(quiet.incident, NOW), inhibited);
  });
});

describe("a resolved incident", () => {
  const over = apply(incidentOf([firing("a")]), [resolved("a")]).incident;

  test("fires again when its source holds it as active", () => {
    const again = after(over, view({ a: "active" }));
    assert.equal(again.incident.status, "firing");
    assert.ok(again.kinds.includes("reopened"));
    assert.equal(again.action, "found-firing");
  });

  test("calls nobody when its source holds it as silenced", () => {
    const again = after(over, view({ a: SILENCED }));
    assert.deepEqual([again.incident.status, again.kinds], ["firing", ["incident"]]);
  });

  test("stays so when the source does not hold it, and a late copy named it", () => {
    const named = apply(over, [firing("a")], { at: 10 * MINUTE + SECOND }).incident;
    assert.notEqual(named.alerts[0]?.contestedAt, undefined);
    const settled = after(named, view({}));
    assert.deepEqual([settled.incident.status, settled.kinds], ["resolved", []]);
    assert.equal(settled.incident.alerts[0]?.contestedAt, undefined);
  });

  test("stays so while its alerts fire in another incident of the source", () => {
    const seen = view({ a: "active" }, { regrouped: new Map([["a", "other"]]) });
    assert.deepEqual(after(over, seen).kinds, []);
  });
});

test("what was heard after the members were asked is not undone by their answer", () => {
  const told = apply(TWO, [resolved("a"), resolved("b")], { at: HOUR + 10 }).incident;
  assert.equal(reconcile(told, view({ a: "active", b: "active" }), NOW + SECOND), undefined);
});

test("alerts that went into another group end here, and the message leads there", () => {
  const regrouped = new Map([
    ["a", "i9"],
    ["b", "i9"],
  ]);
  const moved = after(TWO, view({ a: "active", b: "active" }, { regrouped }));
  assert.deepEqual(moved.incident.closing, { kind: "regrouped", incidentId: "i9" });
  assert.equal(moved.incident.status, "resolved");
});

test("a silence that was made here and ended elsewhere ends here", () => {
  const silence = { id: "s9", by: "U1", at: T0, until: NOW + HOUR, comment: "" };
  const silenced = { ...TWO, silences: [silence] };
  const seen = view({ a: "active", b: "active" }, { endedSilences: new Set(["s9"]) });
  const loud = after(silenced, seen);
  assert.deepEqual(loud.kinds, ["incident", "unsilenced"]);
  assert.equal(loud.incident.silences, undefined);
});
