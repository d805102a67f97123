/**
 * What is shown is what the source holds: for any sequence of firings, ends, silences, notifications,
 * copies, delays, losses, reorderings and answers of the API.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Alert } from "../../src/alerts/alert.ts";
import { ABSENT_FOR_MS } from "../../src/alerts/source.ts";
import { passTime } from "../../src/incidents/act-on-incident.ts";
import { applyNotification } from "../../src/incidents/apply-notification.ts";
import type { Incident, Quiet } from "../../src/incidents/incident.ts";
import { quietOfAlert } from "../../src/incidents/quiet.ts";
import { reconcile, type SourceView } from "../../src/incidents/reconcile.ts";
import fc from "../support/fast-check.ts";
import { MINUTE, notification, opening, SECOND, T0 } from "./notifications.ts";

const NAMES = ["a", "b", "c"];
const FOREVER = T0 + 10_000 * MINUTE;

const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("fires" as const), name: fc.constantFrom(...NAMES) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("ends" as const), name: fc.constantFrom(...NAMES) }),
  },
  fc.record({
    kind: fc.constant("quiets" as const),
    name: fc.constantFrom(...NAMES),
    as: fc.constantFrom("silenced" as const, "inhibited" as const, "heard" as const),
  }),
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("notifies" as const), isLost: fc.boolean() }),
  },
  fc.record({ kind: fc.constant("forgets" as const) }),
  fc.record({ kind: fc.constant("copy" as const), back: fc.integer({ min: 1, max: 4 }) }),
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("asked" as const),
      answers: fc.constantFrom("all" as const, "none" as const),
    }),
  },
  fc.record({
    kind: fc.constant("time" as const),
    ms: fc.constantFrom(SECOND, 20 * SECOND, 10 * MINUTE, 70 * MINUTE),
  }),
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Held {
  readonly startsAt: number;
  readonly quiet?: Quiet;
}

/** One group of an Alertmanager, and the bot's incident of it. */
class World {
  now = T0;
  incident: Incident | undefined;
  readonly held = new Map<string, Held>();
  readonly over = new Map<string, Alert>();
  readonly sent: (readonly Alert[])[] = [];
  heard: readonly Alert[] = [];
  count = 0;

  run(each: Step): void {
    this.now += SECOND;
    switch (each.kind) {
      case "fires":
        this.over.delete(each.name);
        if (!this.held.has(each.name)) this.held.set(each.name, { startsAt: this.now });
        break;
      case "ends":
        this.end(each.name);
        break;
      case "quiets":
        this.quiet(each.name, each.as);
        break;
      case "notifies":
        this.notify(each.isLost);
        break;
      case "forgets":
        this.held.clear();
        break;
      case "copy": {
        const copy = this.sent.at(-each.back);
        if (copy !== undefined) this.hear(copy);
        break;
      }
      case "asked":
        this.ask(each.answers === "all");
        break;
      case "time":
        this.now += each.ms;
        this.pass();
        break;
    }
  }

  end(name: string): void {
    const found = this.held.get(name);
    if (found === undefined) return;
    this.held.delete(name);
    // Alertmanager says nothing of the end of what is quiet.
    if (found.quiet === undefined) {
      this.over.set(name, {
        ...alertOf(name, found.startsAt),
        status: "resolved",
        endsAt: this.now,
      });
    }
  }

  quiet(name: string, as: "silenced" | "inhibited" | "heard"): void {
    const found = this.held.get(name);
    if (found === undefined) return;
    const { startsAt } = found;
    if (as === "heard") this.held.set(name, { startsAt });
    else if (as === "inhibited") {
      this.held.set(name, { startsAt, quiet: { kind: "inhibited", by: ["X"] } });
    } else {
      const silences = [{ id: "s", by: "alice", until: FOREVER, comment: "" }];
      this.held.set(name, { startsAt, quiet: { kind: "silenced", silences } });
    }
  }

  notify(isLost: boolean): void {
    const active = [...this.held].flatMap(([name, { startsAt, quiet }]) =>
      quiet === undefined ? [alertOf(name, startsAt)] : [],
    );
    const alerts = [...active, ...this.over.values()];
    this.over.clear();
    if (alerts.length === 0) return;
    this.sent.push(alerts);
    if (!isLost) this.hear(alerts);
  }

  hear(alerts: readonly Alert[]): void {
    this.heard = alerts;
    this.count += 1;
    const at = opening({ nowMs: this.now, id: `i${this.count}` });
    this.incident = applyNotification(this.incident, notification(alerts), at).incident;
  }

  ask(answers: boolean): void {
    this.now += SECOND;
    const view: SourceView = {
      askedAt: this.now,
      held: answers ? new Map(this.held) : new Map(),
      unknown: new Set(),
      isComplete: answers,
      absentForMs: ABSENT_FOR_MS,
      endedSilences: new Set(),
      regrouped: new Map(),
    };
    if (this.incident === undefined) return;
    this.incident = reconcile(this.incident, view, this.now)?.incident ?? this.incident;
    if (answers) this.assertShown();
  }

  pass(): void {
    if (this.incident === undefined) return;
    this.incident = passTime(this.incident, this.now)?.incident ?? this.incident;
  }

  /** What the source holds is shown as what it is, as soon as it was asked. */
  assertShown(): void {
    for (const alert of this.incident?.alerts ?? []) {
      const held = this.held.get(alert.fingerprint);
      if (held === undefined || this.incident === undefined) continue;
      assert.equal(alert.status, "firing");
      const quiet = quietOfAlert(alert, this.incident, this.now);
      assert.deepEqual(quiet, held.quiet);
    }
  }

  /** What it does not hold is over, when it was asked again half a minute later. */
  assertOver(): void {
    for (const alert of this.incident?.alerts ?? []) {
      if (this.held.has(alert.fingerprint)) continue;
      assert.equal(alert.status, "resolved", `${alert.fingerprint} is over`);
    }
  }
}

function alertOf(name: string, startsAt: number): Alert {
  return {
    fingerprint: name,
    status: "firing",
    labels: { alertname: name },
    annotations: {},
    startsAt,
  };
}

const RUNS = 10_000;

test("what the source holds is what is shown, whatever came before", (t) => {
  let count = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 3, maxLength: 60 }), (steps) => {
      const world = new World();
      for (const each of steps) world.run(each);
      count += steps.length;
      world.ask(true);
      world.now += ABSENT_FOR_MS;
      world.pass();
      world.ask(true);
      world.now += ABSENT_FOR_MS;
      world.ask(true);
      world.assertOver();
    }),
    { numRuns: RUNS },
  );
  t.diagnostic(`${RUNS} sequences of ${count} steps`);
  assert.ok(count > RUNS);
});

test("without an API no alert that the last word named as firing is shown as over, and one that it left out is shown as left out", (t) => {
  let count = 0;
  const told = step.filter(({ kind }) => kind !== "asked" && kind !== "copy");
  fc.assert(
    fc.property(fc.array(told, { minLength: 3, maxLength: 60 }), (steps) => {
      const world = new World();
      for (const each of steps) world.run(each);
      count += steps.length;
      world.notify(false);
      world.now += MINUTE;
      world.pass();
      const named = world.heard;
      for (const { fingerprint, status } of named) {
        const shown = world.incident?.alerts.find((each) => each.fingerprint === fingerprint);
        assert.ok(status === "resolved" || shown?.status === "firing", fingerprint);
      }
      const names = new Set(named.map(({ fingerprint }) => fingerprint));
      for (const { fingerprint, status, unreportedSince } of world.incident?.alerts ?? []) {
        if (status === "resolved" || names.has(fingerprint)) continue;
        assert.ok(unreportedSince !== undefined, `${fingerprint} is left out`);
      }
    }),
    { numRuns: RUNS },
  );
  t.diagnostic(`${RUNS} sequences of ${count} steps`);
  assert.ok(count > RUNS);
});
