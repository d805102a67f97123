// takes: 25 s
/** Checks over a hundred thousand series: the same answer as at once, and the event loop goes on. */

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import {
  judgeAgain,
  judgeQuestion,
  type ToJudge,
} from "../../../src/diagnosis/replay/judge-question.ts";
import { checksDigest } from "../../../src/diagnosis/replay/replay.ts";
import { createDiagnosisThread } from "../../../src/edges/history-thread/diagnosis-thread.ts";
import { createSampler } from "../../../src/edges/streamline/sampler.ts";
import type { Sample } from "../../../src/exposition/sample.ts";
import { createHistory, type History } from "../../../src/history/history.ts";
import { historyWith, load, START_MS, STEP_MS } from "../../diagnosis/checks.ts";
import { healthyPoll, metricsAnswered, REFUSED, TARGET } from "../../diagnosis/polls.ts";
import { goesOn } from "../../support/loop-watch.ts";
import { captureLog } from "../captured-log.ts";

const check = (id: string, expr: string): string => `  - id: ${id}
    title: ${id}
    expr: ${expr}
    needs:
      - series: a
    finding: "{value}"
    severity: warning
    section: "#mitigation"`;

const { checks } = load(
  ["sum by (c) (rate(a[1m]))", "max_over_time(a[1m])", "topk(5, deriv(a[1m]))", "a"]
    .map((expr, at) => check(`check-${at}`, `${expr} > 3`))
    .join("\n"),
);

function samples(series: number, poll: number): Sample[] {
  return Array.from({ length: series }, (_, at) => ({
    name: "a",
    labels: { b: `${at}`, c: `${at % 9}` },
    value: poll * (at % 50),
  }));
}

function asked(polls: number): ToJudge {
  const target = { name: "orders", http: "http://10.0.0.5:9094", kafka: "10.0.0.5:9092" };
  const nowMs = START_MS + (polls - 1) * STEP_MS;
  return { question: { target, nowMs, notes: [] }, checks, digest: checksDigest(checks) };
}

function threadFor(t: TestContext, history: History, options = {}) {
  const diagnosing = createDiagnosisThread({ history: () => history, ...options });
  t.after(() => diagnosing.close());
  return diagnosing;
}

test("the thread concludes what the main thread would, and so does the replay of it", async (t) => {
  const history = historyWith(12, (poll) => samples(60, poll));
  const inThread = await threadFor(t, history, { atOnce: 0 }).judge(TARGET, asked(12));
  const atOnce = judgeQuestion(history, asked(12));
  assert.deepEqual(inThread, atOnce);
  assert.equal(atOnce.diagnosis.active.length, checks.length);
  const again = judgeAgain({ text: atOnce.replay, checks });
  assert.ok(again.kind === "judged");
  assert.deepEqual(again.diagnosis, atOnce.diagnosis);
});

test("over 100,000 series the event loop goes on, and so it does for the replay", async (t) => {
  const history = historyWith(6, (poll) => samples(100_000, poll));
  const diagnosing = threadFor(t, history, { deadlineMs: 300_000 });
  const judged = await goesOn("a diagnosis", () => diagnosing.judge(TARGET, asked(6)));
  assert.ok(judged.kind === "judged");
  const text = judged.replay;
  const again = await goesOn("its replay", () => diagnosing.judgeAgain({ text, checks }));
  assert.equal(again.kind, "judged");
});

test("checks that cost much over few series are weighed in the thread, and so is their replay", async (t) => {
  const history = historyWith(240, (poll) => samples(400, poll));
  const costly = load(
    Array.from({ length: 10 }, (_, at) =>
      check(`costly-${at}`, `max_over_time(a[1h:15s]) > ${at}`),
    ).join("\n"),
  ).checks;
  const question = { ...asked(240), checks: costly, digest: checksDigest(costly) };
  const diagnosing = threadFor(t, history, { deadlineMs: 300_000 });
  const judged = await goesOn("a diagnosis", () => diagnosing.judge(TARGET, question));
  assert.ok(judged.kind === "judged");
  assert.equal(judged.diagnosis.active.length, costly.length);
  const replayed = { text: judged.replay, checks: costly };
  const again = await goesOn("its replay", () => diagnosing.judgeAgain(replayed));
  assert.ok(again.kind === "judged");
  assert.deepEqual(again.diagnosis, judged.diagnosis);
});

test("what takes longer than it may is reported, and the next question is answered", async (t) => {
  const history = historyWith(4, (poll) => samples(3_000, poll));
  const late = threadFor(t, history, { deadlineMs: 0 });
  assert.equal((await late.judge(TARGET, asked(4))).kind, "overtaxed");
  const patient = threadFor(t, history, { deadlineMs: 300_000 });
  assert.equal((await patient.judge(TARGET, asked(4))).kind, "judged");
});

test("a first poll of 100,000 series is kept a part at a time", async (t) => {
  const found = metricsAnswered({ samples: samples(100_000, 1) });
  const history = await goesOn("a first poll", async () => {
    const kept = createHistory({ maxSeries: 200_000 });
    const sampler = createSampler({
      poll: {
        get: async () => REFUSED,
        metrics: async () => found,
        kafka: async () => ({ port: REFUSED, api: REFUSED }),
        httpPort: async () => REFUSED,
        health: async () => healthyPoll({ metrics: found }),
        counts: () => ({ requests: 0, bytes: 0 }),
        close: async () => undefined,
      },
      targets: [TARGET],
      historyOf: () => kept,
      clock: { now: () => START_MS, sleep: async () => undefined },
      random: () => 0.5,
      log: captureLog().log,
    });
    t.after(() => sampler.stop());
    await sampler.sample(TARGET);
    return kept;
  });
  assert.ok(history.stats().series > 100_000);
  assert.equal(history.stats().snapshots, 1);
});
