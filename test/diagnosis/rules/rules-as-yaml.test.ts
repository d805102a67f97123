/** Rule files in every writing of YAML that Prometheus reads, and in those that it refuses. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { readRules } from "../../../src/diagnosis/rules/read-rules.ts";

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
