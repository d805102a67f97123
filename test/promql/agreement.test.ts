/**
 * The evaluator agrees with a real Prometheus: the same polls in both, the same expressions, the same
 * answers.
 */
// needs: prometheus
// takes: 12 s
import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { createHistory, type History } from "../../src/history/history.ts";
import { evaluate, evaluateRange } from "../../src/promql/evaluate.ts";
import { PromqlError } from "../../src/promql/promql-error.ts";
import { type Program, startProgram } from "../support/programs.ts";
import { type Answer, answerOf, describeDifference, readAnswer } from "./answers.ts";
import { allExpressions, CHARTS } from "./expressions.ts";
import { MOMENTS, type Poll, recordPolls, START_MS } from "./recorded-data.ts";
import { encodeSnapshot, type WrittenSample } from "./remote-write.ts";

/** From before the first poll until after the last, in steps that do not meet the polls. */
const STEPS = { startMs: START_MS - 60_000, endMs: START_MS + 3_060_000, stepMs: 47_000 };

test("expressions have the same value here as in Prometheus, at every kind of moment", async (t) => {
  const polls = recordPolls();
  const history = historyOf(polls);
  const prometheus = await startWith(t, polls);
  const expressions = allExpressions();
  assert.ok(expressions.length >= 300, `${expressions.length} expressions are too few`);

  for (const [moment, timeMs] of Object.entries(MOMENTS)) {
    await t.test(moment, async () => {
      const differences: string[] = [];
      let answered = 0;
      for (const expression of expressions) {
        const theirs = await ask(prometheus, expression, timeMs);
        differences.push(...differenceOf(expression, ours(history, expression, timeMs), theirs));
        answered += theirs.kind === "error" ? 0 : 1;
      }
      assert.deepEqual(differences, []);
      assert.ok(answered >= 300, `${answered} answers that are no error are too few`);
    });
  }
});

test("charts have the same points here as in Prometheus", async (t) => {
  const polls = recordPolls();
  const history = historyOf(polls);
  const prometheus = await startWith(t, polls);
  const differences: string[] = [];
  for (const expression of CHARTS) {
    const theirs = await askRange(prometheus, expression);
    const ours = answerOf({ kind: "matrix", series: evaluateRange(expression, history, STEPS) });
    differences.push(...differenceOf(expression, ours, theirs));
  }
  assert.deepEqual(differences, []);
});

function historyOf(polls: readonly Poll[]): History {
  const history = createHistory();
  for (const { timeMs, samples } of polls) {
    assert.equal(history.append(timeMs, samples).kind, "appended");
  }
  return history;
}

function differenceOf(expression: string, ours: Answer, theirs: Answer): string[] {
  const difference = describeDifference(ours, theirs);
  return difference === undefined ? [] : [`${expression}\n    ${difference}`];
}

function ours(history: History, expression: string, timeMs: number): Answer {
  try {
    return answerOf(evaluate(expression, history, { timeMs }));
  } catch (error) {
    if (error instanceof PromqlError) {
      return { kind: "error", message: error.message };
    }
    throw error;
  }
}

async function askRange({ url }: Program, expression: string): Promise<Answer> {
  const query = new URLSearchParams({
    query: expression,
    start: String(STEPS.startMs / 1000),
    end: String(STEPS.endMs / 1000),
    step: String(STEPS.stepMs / 1000),
  });
  const response = await fetch(`${url}/api/v1/query_range`, { method: "POST", body: query });
  return readAnswer(await response.json());
}

async function ask({ url }: Program, expression: string, timeMs: number): Promise<Answer> {
  const query = new URLSearchParams({ query: expression, time: String(timeMs / 1000) });
  const response = await fetch(`${url}/api/v1/query`, { method: "POST", body: query });
  return readAnswer(await response.json());
}

/** A Prometheus that holds the polls, and the end of every series that a poll does not hold. */
async function startWith(t: TestContext, polls: readonly Poll[]): Promise<Program> {
  const prometheus = await startProgram(t, {
    command: "prometheus",
    files: { "prometheus.yml": "" },
    args: ({ folder, port }) => [
      `--config.file=${join(folder, "prometheus.yml")}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      `--web.listen-address=127.0.0.1:${port}`,
      "--web.enable-remote-write-receiver",
    ],
    readyPath: "/-/ready",
  });

  let before: readonly WrittenSample[] = [];
  for (const { timeMs, samples } of polls) {
    const present = new Set(samples.map(seriesText));
    const gone = before.filter((sample) => !present.has(seriesText(sample)));
    const ended = gone.map((sample) => ({ ...sample, isStale: true }));
    await write(prometheus, encodeSnapshot(timeMs, [...samples, ...ended]));
    before = samples;
  }
  return prometheus;
}

async function write({ url }: Program, body: Uint8Array): Promise<void> {
  const headers = {
    "content-encoding": "snappy",
    "content-type": "application/x-protobuf",
    "x-prometheus-remote-write-version": "0.1.0",
  };
  const response = await fetch(`${url}/api/v1/write`, {
    method: "POST",
    headers,
    body: Buffer.from(body),
  });
  assert.equal(response.status, 204, await response.text());
}

function seriesText({ name, labels }: WrittenSample): string {
  return JSON.stringify([name, labels]);
}
