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

test("what stands for nothing, and odd writings of a text, are read as promtool reads them", () => {
  const { rules, recording, problems } = readRules(
    "f",
    `groups:
  -
  - name: g
    interval:
    rules:
      -
      - alert: ""
        record: a:b
        expr: up
      - alert: A
        expr: up
        for:
        labels: {severity: !!binary cGFnZQ==}
        annotations: {a: 'it''s
 so'}
`.replaceAll("\n", "\r"),
  );
  assert.deepEqual(problems, []);
  assert.deepEqual([rules[0]?.severity, rules[0]?.annotations], ["page", { a: "it's so" }]);
  assert.equal(recording[0]?.record, "a:b");
});

test("a file ends for Prometheus where a line is indented less than its beginning: what is behind is named, and read if it can be", () => {
  const rule = (name: string) => `rules: [{alert: ${name}, expr: up == 0}]`;
  const cases: readonly [string, number, string][] = [
    [` groups:\n- name: g\n  ${rule("A")}\n`, 2, "A"],
    [`# c\n   groups:\n   - name: g\n     ${rule("A")}\n  - name: h\n    ${rule("B")}\n`, 5, "A,B"],
    [`  groups:\n    - name: g\n      ${rule("A")}\n- x\n`, 4, "A"],
  ];
  for (const [text, line, names] of cases) {
    const { rules, problems } = readRules("f", text);
    assert.equal(rules.map(({ alert }) => alert).join(), names);
    assert.equal(problems.length, 1);
    assert.match(
      problems[0] ?? "",
      new RegExp(`^f line ${line}: Prometheus reads nothing from here`),
    );
  }
});

test("what follows a file in brackets is named, and costs nothing of it", () => {
  const file = '{"groups": [{"name": "g", "rules": [{"alert": "A", "expr": "up"}]}]}\n';
  for (const behind of [file, "x: y\n", "- x\n"]) {
    const { rules, problems } = readRules("f", file + behind);
    assert.deepEqual([rules.length, problems.length], [1, 1]);
    assert.match(problems[0] ?? "", /^f line 2: Prometheus reads nothing from here on/);
  }
});

test("an escaped single quote, a set with values and a key that is nothing are taken", () => {
  const text = String.raw`groups:
  - name: g
    rules:
      - alert: A
        expr: up
        ?
        annotations: !!set {a: "it\'s \\'", b: "it\'s"}
`;
  const { rules, problems } = readRules("f", text);
  assert.deepEqual([rules[0]?.annotations, problems], [{ a: "it's \\'", b: "it's" }, []]);
});

test("a quoted text that goes on at the left changes none around it", () => {
  const block = `    annotations:\n      a: >\n        "it's\n        so"\n        'x\n`;
  const text = `groups:\n- name: g\n  rules:\n  - alert: A\n    expr: up == 0\n${block}    labels:\n      "severity":\t!!str &x 'one\n\ntwo'\n`;
  const { rules, problems } = readRules("f", text);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    rules.map(({ severity, annotations }) => [severity, annotations]),
    [["one\ntwo", { a: "\"it's so\" 'x\n" }]],
  );
});

test("the sign of a block may stand below its key", () => {
  const text =
    "groups:\n- name: g\n  rules:\n  - alert: A\n    expr:\n    |-\n      a\n      > 1\n    for:\n      >-\n      5m\n";
  const { rules, problems } = readRules("f", text);
  assert.deepEqual(
    [rules.map(({ expr, forMs }) => [expr, forMs]), problems],
    [[["a\n> 1", 300_000]], []],
  );
});

test("a block of text ends without a line end where the file does", () => {
  const text = "groups:\n- name: g\n  rules:\n  - expr: |\n      a > 1\n    alert: >\n      A";
  const ends: readonly [string, string][] = [
    ["", "A"],
    ["\n", "A\n"],
    ["\n# c", "A\n"],
    ["\n  - expr: (", "A\n"],
  ];
  for (const [end, alert] of ends) {
    const [rule] = readRules("f", text + end).rules;
    assert.deepEqual([rule?.alert, rule?.expr], [alert, "a > 1\n"]);
  }
});

test("what Prometheus' YAML refuses is named with its line, and every rule is read", () => {
  const rule = "groups: [{name: g, rules: [{alert: A, expr: up}]}]";
  for (const [text, line] of [
    [`%YAML 1.2\n---\n${rule}`, 1],
    [`%YAML 1.1\n%OTHER x\n---\n${rule}`, 2],
    [`${rule}\n# a\u0001`, 2],
    ["groups: [{name: g, rules: [{alert: A, expr: up, labels: {a: '1',\n a: '2'}}]}]", 2],
    ['groups: [{name: g, rules: [{alert: A, expr: up, labels: {\n a: "\\uD83D\\uDE00"}}]}]', 2],
    ["groups:\n- name: g\n\t\n  rules: [{alert: A, expr: up}]", 3],
    ["groups:\n- name: g\n\t# c\n  rules: [{alert: A, expr: up}]", 3],
    ["groups:\n- name: g # c\n\n\t# c\n  rules: [{alert: A, expr: up}]", 4],
    ['groups: [{name: g, rules: [{alert: A, expr: up, labels: {\n a: "a\\/b"}}]}]', 2],
    ["groups:\n- name: g\n  rules:\n  - alert: A\n    expr: |\n      \tup\n", 5],
    ["groups:\n- name: g\n  rules: [{alert: A, expr: up,\n    labels: {<<: x}}]", 4],
    ["groups:\n- name: g\n  rules: [{alert: A, expr: up,\n    labels: {a: *x}}]", 4],
    ["groups:\n- name: g\n  rules: &r [{alert: A, expr: up,\n    labels: {a: *r}}]", 4],
  ] as const) {
    const { rules, problems } = readRules("f", text);
    assert.deepEqual(
      rules.map(({ alert }) => alert),
      ["A"],
      text,
    );
    assert.match(problems.join("\n"), new RegExp(`^f line ${line}: `), text);
  }
});

test("a remark that a tab leads is taken below another one", () => {
  const text = "# a\n\n\t# b\n \t# c\ngroups: [{name: g, rules: [{alert: A, expr: up}]}]";
  assert.deepEqual(readRules("f", text).problems, []);
});

test("a name that a tag makes nothing of is the name all the same, as promtool reads it", () => {
  const text = "groups:\n- name: g\n  rules:\n  - alert: !!null A\n    expr: up == 0\n";
  assert.equal(readRules("f", text).rules[0]?.alert, "A");
});

test("a key that a tag makes one of merging gives its map", () => {
  const text =
    "groups:\n- name: g\n  rules:\n  - !!merge <<: {alert: A, expr: up}\n    expr: up == 0\n";
  const { rules, problems } = readRules("f", text);
  assert.deepEqual(
    [rules.map(({ alert, expr }) => [alert, expr]), problems],
    [[["A", "up == 0"]], []],
  );
});

test("an anchor's map is given on, and what a map has itself or was given first goes before", () => {
  const { rules, problems } = readRules(
    "f",
    `groups:
  - name: g
    rules:
      - &first { alert: A, expr: up, for: 1h30m, labels: &l { severity: page, a: b } }
      - { <<: *first, alert: B, labels: { <<: [{ severity: info }, *l], a: c } }
      - *first
`,
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(
    rules.map(({ alert, forMs, severity }) => [alert, forMs, severity]),
    [
      ["A", 5_400_000, "page"],
      ["B", 5_400_000, "info"],
      ["A", 5_400_000, "page"],
    ],
  );
});

test("a part that is no YAML costs itself only, wherever it stands", () => {
  const rule = (alert: string, more = "") => `      - alert: ${alert}\n        expr: up\n${more}`;
  const group = `  - name: g\n    rules:\n`;
  for (const [text, line, rest] of [
    [`groups:\n${group}${rule("A")}${rule("B", '        for: "5m\n')}${rule("C")}`, 8, "AC"],
    [`groups:\n${group}${rule("A")}${rule("B", "       for: [}\n")}${rule("C")}`, 8, "AC"],
    [`groups\n${group}${rule("A")}${rule("C")}`, 1, "AC"],
    [`groups:\n${group}${rule("A")} - name: x\n${group}${rule("C")}`, 6, "AC"],
  ] as const) {
    const { rules, problems } = readRules("f", text);
    assert.equal(rules.map(({ alert }) => alert).join(""), rest, text);
    assert.ok(problems[0]?.startsWith(`f line ${line}: `), problems[0]);
  }
});

test("a quote that is written twice at the end of its text closes nothing, and is named", () => {
  const text =
    "groups:\n- name: g\n  rules:\n  - alert: A\n    expr: up\n    annotations:\n      a: 'b''\n      c: 'd'\n";
  assert.deepEqual(readRules("f", text).problems, ["f line 7: its quote is not closed"]);
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
