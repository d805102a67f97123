/** One state has one colour: what the alert of a page says, and what the diagnosis says beside it. */

import assert from "node:assert/strict";
import { basename } from "node:path";
import { test } from "node:test";
import { ownChecks } from "../eval/own-checks.ts";
import { RULES } from "./rule-files.ts";

/** Checks of another state than the alert of their page. */
const OF_ANOTHER_STATE: ReadonlySet<string> = new Set([
  "too-many-open-files",
  "consumer-catching-up",
  "kafka-slow",
]);

test("a check has the colour of its page's alert, so that a thread and its headline agree", () => {
  const severities = Map.groupBy(RULES, ({ alert }) => alert);
  const compared = ownChecks().checks.flatMap(({ id, file, shown }) => {
    const rules = severities.get(basename(file, ".md")) ?? [];
    if (rules.length === 0 || OF_ANOTHER_STATE.has(id)) return [];
    return [{ id, shown, alert: [...new Set(rules.map(({ labels }) => labels.severity))] }];
  });
  assert.ok(compared.length > 35, String(compared.length));
  for (const { id, shown, alert } of compared) assert.deepEqual([id, alert], [id, [shown]]);
});
