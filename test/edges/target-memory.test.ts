/** What is remembered of a target beside what its recording rules make of it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { pino } from "pino";
import { readRules } from "../../src/diagnosis/rules/read-rules.ts";
import { clock } from "../../src/edges/clock.ts";
import { createTargetClient } from "../../src/edges/streamline/target-client.ts";
import { createTargetMemory } from "../../src/edges/target-memory.ts";
import { evaluate } from "../../src/promql/evaluate.ts";
import { answering, targetAt } from "./streamline/servers.ts";

const RULES = `groups:
  - name: g
    rules:
      - { record: streamline_topics_total, expr: vector(7) }
      - { record: probe_success, expr: vector(0) }
      - { record: topics:sum, expr: sum(streamline_topics_total) }
`;

test("a recording rule replaces neither what the server says nor what the bot sees", async (t) => {
  const server = await answering({ "/metrics": { body: "streamline_topics_total 12\n" } });
  const poll = createTargetClient({ clock });
  t.after(async () => {
    await poll.close();
    await server.stop();
  });
  const target = targetAt({ http: server.port }, {});
  const rules = readRules("f", RULES);
  const log = pino({ level: "silent" });
  const memory = createTargetMemory({ poll, targets: [target], rules, intervalMs: 1, clock, log });
  await memory.poll(target);
  await new Promise((resolve) => setTimeout(resolve, 5));
  await memory.poll(target);
  const history = memory.history(target);
  const valuesOf = (expr: string): readonly number[] => {
    const result = evaluate(expr, history, { timeMs: history.stats().lastMs ?? 0 });
    return result.kind === "vector" ? result.samples.map(({ value }) => value) : [];
  };
  assert.deepEqual(valuesOf("streamline_topics_total"), [12]);
  assert.deepEqual(valuesOf('probe_success{probe=""}'), []);
  assert.deepEqual(valuesOf("topics:sum"), [12]);
});
