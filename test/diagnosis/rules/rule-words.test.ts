import assert from "node:assert/strict";
import { test } from "node:test";
import { readRules } from "../../../src/diagnosis/rules/read-rules.ts";
import { wordsOfRule } from "../../../src/diagnosis/rules/rule-words.ts";

function saidBy(annotations: Readonly<Record<string, string>>): string | undefined {
  const file = JSON.stringify({
    groups: [{ name: "g", rules: [{ alert: "A", expr: "m > 0.1", annotations }] }],
  });
  const [rule] = readRules("f", file).rules;
  assert.ok(rule !== undefined);
  return wordsOfRule({ rule, labels: { topic: "orders" }, value: 0.412, state: "firing" });
}

test("the summary is rendered for what the rule found; without one the description is", () => {
  const description = "p99 of\n  {{ $labels.topic }}";
  const summary = "{{ $labels.topic }} takes {{ $value | humanizeDuration }}";
  assert.equal(saidBy({ description, summary }), "orders takes 412ms");
  assert.equal(saidBy({ description }), "p99 of orders");
  assert.equal(saidBy({ runbook_url: "https://x.example" }), undefined);
});

test("what only Prometheus can answer is named, and costs nothing else", () => {
  const said = saidBy({ summary: '{{ with query "up" }}{{ . | first | value }}{{ end }}' });
  assert.match(said ?? "", /summary cannot be shown: it uses query/);
});

test("a template that cannot be read is a problem of the file, and the rule is judged all the same", () => {
  const file = `groups:
  - name: g
    rules:
      - alert: A
        expr: up == 0
        annotations: {summary: "{{ if }}", description: "{{ $labels.x "}
`;
  const { rules, problems } = readRules("my.rules.yml", file);
  assert.equal(rules.length, 1);
  assert.equal(problems.length, 2);
  assert.match(problems[0] ?? "", /^my\.rules\.yml line 4: A: annotation summary: /);
});
