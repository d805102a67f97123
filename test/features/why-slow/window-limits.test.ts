/** What an answer over hours may cost: queries, time, and the event loop's. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Check } from "../../../src/diagnosis/checks/check.ts";
import type { LineOverTime, Moments } from "../../../src/diagnosis/checks/picture.ts";
import type { Target } from "../../../src/diagnosis/target.ts";
import { clock } from "../../../src/edges/clock.ts";
import type { PrometheusSource } from "../../../src/features/targets/chart-source.ts";
import { longerWindow } from "../../../src/features/why-slow/longer-window.ts";
import { TARGET } from "../../diagnosis/polls.ts";
import { ownChecks } from "../../eval/own-checks.ts";
import { goesOn } from "../../support/loop-watch.ts";

const HOUR = 3_600_000;
const WEEK = 168 * HOUR;
const OWN = ownChecks().checks;
const ORDERS: Target = { ...TARGET, prometheus: "http://prometheus:9090" };

function linesOf({ startMs, endMs, stepMs }: Moments, series: number): LineOverTime[] {
  const times: number[] = [];
  for (let timeMs = startMs; timeMs <= endMs; timeMs += stepMs) times.push(timeMs);
  return Array.from({ length: series }, (_, n) => ({
    labels: series === 1 ? {} : { topic: `topic-${n}`, instance: "a" },
    points: times.map((timeMs) => ({ timeMs, value: 1_000_000 })),
  }));
}

async function diagnosed(asked: ReturnType<typeof longerWindow>) {
  const answer = await asked;
  assert.ok(answer.kind === "diagnosis", JSON.stringify(answer));
  return answer;
}

test("a week in which every check is active all the time does not hold up the bot", async () => {
  let of50: LineOverTime[] | undefined;
  const fifty = (moments: Moments): LineOverTime[] => {
    of50 ??= linesOf(moments, 50);
    return of50;
  };
  const prometheus: PrometheusSource = {
    range: async (_, expr, moments) => {
      await clock.sleep(0);
      return {
        kind: "lines",
        lines: expr.includes("topk(") ? fifty(moments) : linesOf(moments, 1),
      };
    },
  };
  // Twice as many as we have: a company's own folder may hold as many again.
  const checks = [0, 1].flatMap((n) =>
    OWN.map((check): Check => ({ ...check, id: `${check.id}-${n}` })),
  );
  const asked = { target: ORDERS, checks, scope: {}, windowMs: WEEK };
  const { diagnosis } = await goesOn("a diagnosis of a week", () =>
    diagnosed(longerWindow({ prometheus, clock }, asked)),
  );
  assert.ok(diagnosis.active.length > OWN.length);
});

test("a folder of very many checks asks 400 queries, and names the others as not checked", async () => {
  let asked = 0;
  const prometheus: PrometheusSource = {
    range: async (_, __, moments) => {
      asked += 1;
      return { kind: "lines", lines: linesOf(moments, 1) };
    },
  };
  const [first] = OWN;
  assert.ok(first !== undefined);
  const checks = Array.from(
    { length: 500 },
    (_, n): Check => ({ ...first, id: `own-${n}`, expr: `up < ${n}`, needs: [], values: {} }),
  );
  const { diagnosis, queries } = await diagnosed(
    longerWindow({ prometheus, clock }, { target: ORDERS, checks, scope: {}, windowMs: 6 * HOUR }),
  );
  assert.equal(queries, 400);
  assert.equal(asked, 402, "two more find out which series are the target's");
  const reasons = diagnosis.unknown.map(({ reason }) =>
    reason.kind === "unanswered" ? reason.says : reason.kind,
  );
  assert.equal(reasons.length, 100);
  assert.match(reasons[0] ?? "", /400 queries/);
});

test("a Prometheus that gets slow is waited for 30 seconds; what it answered until then is judged", async () => {
  const slept: number[] = [];
  let timeIsOver = (): void => undefined;
  const impatient = {
    now: () => Date.now(),
    sleep: (ms: number): Promise<void> => {
      if (ms === 0) return Promise.resolve();
      slept.push(ms);
      return new Promise((resolve) => {
        timeIsOver = resolve;
      });
    },
  };
  let asked = 0;
  const prometheus: PrometheusSource = {
    range: async (_, __, moments) => {
      asked += 1;
      if (asked <= 100) return { kind: "lines", lines: linesOf(moments, 1) };
      timeIsOver();
      return new Promise(() => undefined);
    },
  };
  const { diagnosis, notes } = await diagnosed(
    longerWindow(
      { prometheus, clock: impatient },
      { target: ORDERS, checks: OWN, scope: {}, windowMs: 6 * HOUR },
    ),
  );
  assert.deepEqual(slept, [30_000]);
  assert.match(notes.join(" "), /too slow.*30 s/);
  assert.ok(diagnosis.active.length > 0, "what was answered in time");
  const late = diagnosis.unknown.filter(
    ({ reason }) => reason.kind === "unanswered" && /within 30 s/.test(reason.says),
  );
  assert.ok(late.length > 0);
});
