/** The recorded polls on both sides: in a history of ours, and in a real Prometheus that answers questions. */
import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { createHistory, type History } from "../../src/history/history.ts";
import { evaluate } from "../../src/promql/evaluate.ts";
import { PromqlError } from "../../src/promql/promql-error.ts";
import { type Program, startPrometheus } from "../support/programs.ts";
import { type Answer, answerOf, readAnswer } from "./answers.ts";
import type { Poll } from "./recorded-data.ts";
import { encodeSnapshot, type WrittenSample } from "./remote-write.ts";

export function historyOf(polls: readonly Poll[]): History {
  const history = createHistory();
  for (const { timeMs, samples } of polls) {
    assert.equal(history.append(timeMs, samples).kind, "appended");
  }
  return history;
}

/** What our evaluator answers; a PromqlError is an answer, any other error is a defect. */
export function answerHere(history: History, expression: string, timeMs: number): Answer {
  try {
    return answerOf(evaluate(expression, history, { timeMs }));
  } catch (error) {
    if (error instanceof PromqlError) {
      return { kind: "error", message: error.message };
    }
    throw error;
  }
}

/** What Prometheus answers to an instant query. */
export async function ask({ url }: Program, expression: string, timeMs: number): Promise<Answer> {
  const query = new URLSearchParams({ query: expression, time: String(timeMs / 1000) });
  const response = await fetch(`${url}/api/v1/query`, { method: "POST", body: query });
  return readAnswer(await response.json());
}

/** A Prometheus that holds the polls, and the end of every series that a poll does not hold. */
export async function startRecorded(
  t: Pick<TestContext, "after">,
  polls: readonly Poll[],
): Promise<Program> {
  const prometheus = await startPrometheus(t);

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
