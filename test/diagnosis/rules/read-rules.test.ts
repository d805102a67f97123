/** Rule files as people write them: what promtool takes is taken here, too. */
// needs: prometheus

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { readRules } from "../../../src/diagnosis/rules/read-rules.ts";

const FIXTURES = "test/fixtures/rules";

describe("a file that promtool takes is read whole:", () => {
  for (const file of globSync(`${FIXTURES}/*.yml`).toSorted()) {
    test(file, () => {
      const promtool = spawnSync("promtool", ["check", "rules", file], { encoding: "utf8" });
      assert.equal(promtool.status, 0, promtool.stderr);
      const counted = Number(/(\d+) rules? found/.exec(promtool.stdout)?.[1] ?? 0);
      const { rules, recording, problems } = readRules(file, readFileSync(file, "utf8"));
      assert.deepEqual(problems, []);
      assert.equal(rules.length + recording.length, counted);
    });
  }
});

test("a number as a label's value is its text", () => {
  const text = readFileSync(`${FIXTURES}/label-number.yml`, "utf8");
  assert.equal(readRules("f", text).rules[0]?.severity, "1");
});

describe("a template that a deployment tool renders first is named, with what to do:", () => {
  const rule = (expr: string, summary = "down") =>
    `groups:\n  - name: g\n    rules:\n      - alert: Kept\n        expr: up == 0\n      - alert: A\n        expr: ${expr}\n        annotations:\n          summary: ${summary}\n`;
  const templates: readonly [string, number, RegExp][] = [
    [rule("up < {{ .Values.least }}"), 7, /Helm.*helm template/],
    [`{{- if .Values.rules.enabled }}\n${rule("up == 0")}{{- end }}\n`, 1, /Helm/],
    [rule("up == 0", "'{{ `{{ $labels.job }}` }} is down'"), 9, /Helm/],
    [rule("up == 0", "{{`\\n            {{ $labels.job }}` }}"), 9, /Helm/],
    [rule("up == 0", `'{{ "{{" }} $labels.job }} is down'`), 9, /Helm/],
    [rule("up == 0", "'{% raw %}{{ $labels.job }}{% endraw %}'"), 9, /Jinja.*Ansible/],
    [`${rule("up == 0")}{{ include "chart.rules" . | nindent 4 }}\n`, 10, /Helm/],
  ];
  for (const [text, line, words] of templates) {
    test(text.split("\n")[line - 1] ?? "", () => {
      const { rules, problems } = readRules("f", text);
      assert.match(problems[0] ?? "", words);
      assert.ok(problems[0]?.startsWith(`f line ${line}: `));
      assert.equal(rules[0]?.alert, "Kept");
    });
  }
  test("what Prometheus renders itself is no such template", () => {
    const own = `'{{- with query "up" }}{{ . | first | value }}{{ end }} {{ $labels.Values }} {{ printf "%.2f" .Value }} {{ \`raw\` }}'`;
    assert.deepEqual(readRules("f", rule("up == 0", own)).problems, []);
  });
});

test("one odd rule costs itself only, and is named with its file", () => {
  const { rules, problems } = readRules(
    "my.rules.yml",
    `groups:
  - name: mixed
    rules:
      - alert: Broken
        expr: up ==
      - alert: Late
        expr: up
        for: soon
      - just a text
      - expr: up
      - alert: Fine
        expr: up == 0 # a remark
  - name: odd
    rules: {}
`,
  );
  assert.deepEqual(
    rules.map(({ alert }) => alert),
    ["Fine"],
  );
  assert.equal(problems.length, 5);
  assert.ok(problems.every((problem) => /^my\.rules\.yml(?: line \d+)?: /.test(problem)));
  for (const word of [
    "Broken",
    "Late",
    "soon",
    "mixed, rule 3",
    "mixed, rule 4",
    "groups\\[1\\]",
  ]) {
    assert.match(problems.join("\n"), new RegExp(word));
  }
});

test("a file that is not a rule file is named once", () => {
  for (const text of ["groups: 1", "- a\n- b", "{", "just words", "a: &a [*a, *a]"]) {
    const { rules, problems } = readRules("x.yml", text);
    assert.deepEqual(rules, []);
    assert.equal(problems.length, 1, text);
    assert.match(problems[0] ?? "", /^x\.yml(?: line 1)?: /);
  }
});

test("every rule that we ship is read", () => {
  for (const file of globSync("alerts/*.rules.yml")) {
    const { rules, problems } = readRules(file, readFileSync(file, "utf8"));
    assert.deepEqual(problems, []);
    assert.ok(rules.length > 0);
  }
});

test("a PrometheusRule of Prometheus Operator is read as the file that it becomes", () => {
  const text =
    "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: x}\nspec:\n  groups:\n  - name: g\n    rules: [{alert: A, expr: up == 0}]\n";
  const { rules, problems } = readRules("x.yml", text);
  assert.deepEqual([rules.map(({ alert }) => alert), problems], [["A"], []]);
});

test("what Prometheus refuses in a rule is named, and the rule is judged where it can be", () => {
  const { rules, recording, problems } = readRules(
    "f",
    `groups:
  - name: g
    every: 1m
    rules:
      - { alert: Typed, expr: up == 0, annotation: { summary: x } }
      - { alert: Both, record: a:b, expr: up }
      - { record: a:c, expr: up, for: 5m, labels: { __name__: x } }
      - { record: 'up{a="b"}', expr: up }
      - { alert: Words, expr: up, annotations: { a: '{{ $label.x }}', b: '{{ $value | human }}' } }
      - { alert: Label, expr: up, labels: { c: '{{ with $x := 1 }}{{ $x }}{{ end }}{{ $x }}' } }
  - { name: g }
  - { name: h, partial_response_strategy: warn }
more: 1
`,
  );
  assert.deepEqual(
    [rules.map(({ alert }) => alert), recording.map(({ record }) => record)],
    [
      ["Typed", "Words", "Label"],
      ["a:c", 'up{a="b"}'],
    ],
  );
  const named = [
    "field more",
    "g: .* field every",
    "Typed: .* field annotation",
    "rule 2: .* both",
    "a:c: .* no for",
    '"__name__"',
    "name that it records",
    "Words: annotation a: .*\\$label",
    "annotation b: .* human",
    "Label: label c: .*\\$x",
    "two groups are called g",
  ];
  assert.match(problems.join("\n"), new RegExp(`^f.*: .*${named.join(".*\nf line \\d+: .*")}$`));
});

test("a group's labels are those of its rules, which go before them", () => {
  const { rules } = readRules(
    "f",
    "groups: [{name: g, labels: {severity: page}, rules: [{alert: A, expr: up}, {alert: B, expr: up, labels: {severity: info}}]}]",
  );
  assert.deepEqual(
    rules.map(({ severity }) => severity),
    ["page", "info"],
  );
});

test("objects of Kubernetes are read from a list, and from all documents of their file", () => {
  const rule = (alert: string) =>
    `{kind: PrometheusRule, spec: {groups: [{name: g, rules: [{alert: ${alert}, expr: up}]}]}}`;
  for (const text of [
    `kind: List\nitems: [${rule("A")}, ${rule("B")}]`,
    `${rule("A")}\n---\nkind: Service\nspec: {ports: []}\n---\n${rule("B")}\n---\n`,
  ]) {
    const { rules, problems } = readRules("f", text);
    assert.deepEqual([rules.map(({ alert }) => alert), problems], [["A", "B"], []]);
  }
});

test("durations, numbers and names that Prometheus refuses are named", () => {
  const file = (group: string, rule = "alert: A, expr: up") =>
    readRules("f", `groups: [{${group}, rules: [{${rule}}]}]`).problems.join("\n");
  for (const [group, named] of [
    ["limit: 5", /no name/],
    ["name: g, interval: 5", /interval: "5"/],
    ["name: g, query_offset: 30m1h", /query_offset: "30m1h"/],
    ["name: g, limit: few", /limit: "few"/],
    ["name: g, limit: 99999999999999999999", /limit: "9{20}"/],
    ['name: g, limit: "10"', /limit: "10" is a text/],
    ["name: g, limit: '10'", /f line 1: limit: "10" is a text/],
    ["name: g, limit: !!int few", /"few" is not what its tag says/],
    ["name: g, labels: {__name__: x}", /"__name__" cannot/],
  ] as const) {
    assert.match(file(group), named);
  }
  assert.match(file("name: g", 'alert: A, expr: up, for: ""'), /"" is not a valid duration/);
  assert.equal(file('name: g, limit: 10, labels: {limit: "10"}'), "");
  assert.match(
    file("name: g", "alert: A, expr: up\u00a0> 1"),
    /A: expr: .* U\+00A0: write a plain/,
  );
  assert.equal(file("name: g", "alert: A, expr: \"up{a='\u00a0'} # \u00a0\""), "");
  assert.match(file("name: g", "alert: A, expr: up, for: 300y"), /"300y" is not a valid/);
  assert.match(file("name: g", 'alert: A, expr: up, for: " 5m"'), /" 5m" is not a valid/);
});
