/**
 * The evaluator agrees with a real Prometheus: the same looks in both, the same expressions, the same
 * answers.
 */
// needs: prometheus
import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { evaluate } from "../../src/promql/evaluate.ts";
import { createHistory, type History } from "../../src/promql/history.ts";
import { PromqlError } from "../../src/promql/promql-error.ts";
import { type Program, startProgram } from "../support/programs.ts";
import { type Answer, answerOf, describeDifference, readAnswer } from "./answers.ts";
import { allExpressions } from "./expressions.ts";
import { type Look, MOMENTS, recordLooks } from "./recorded-data.ts";
import { encodeSnapshot, type WrittenSample } from "./remote-write.ts";

test("expressions have the same value here as in Prometheus, at every kind of moment", async (t) => {
  const looks = recordLooks();
  const history = createHistory();
  for (const { timeMs, samples } of looks) {
    assert.equal(history.append(timeMs, samples).kind, "appended");
  }
  const prometheus = await startWith(t, looks);
  const expressions = allExpressions();
  assert.ok(expressions.length >= 300, `${expressions.length} expressions are too few`);

  for (const [moment, timeMs] of Object.entries(MOMENTS)) {
    await t.test(moment, async () => {
      const differences: string[] = [];
      for (const expression of expressions) {
        const theirs = await ask(prometheus, expression, timeMs);
        const difference = describeDifference(ours(history, expression, timeMs), theirs);
        if (difference !== undefined) {
          differences.push(`${expression}\n    ${difference}`);
        }
      }
      assert.deepEqual(differences, []);
    });
  }
});

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

async function ask({ url }: Program, expression: string, timeMs: number): Promise<Answer> {
  const query = new URLSearchParams({ query: expression, time: String(timeMs / 1000) });
  const response = await fetch(`${url}/api/v1/query`, { method: "POST", body: query });
  return readAnswer(await response.json());
}

/** A Prometheus that holds the looks, and the end of every series that a look does not hold. */
async function startWith(t: TestContext, looks: readonly Look[]): Promise<Program> {
  const prometheus = await startProgram(t, {
    command: "/usr/bin/prometheus",
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
  for (const { timeMs, samples } of looks) {
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
