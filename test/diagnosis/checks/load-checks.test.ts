import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { loadChecks } from "../../../src/diagnosis/checks/load-checks.ts";
import { readPage } from "../../../src/knowledge/read-page.ts";
import { load } from "../checks.ts";

const SOUND = `  - id: sound
    expr: rate(a_total{topic!=""}[5m]) > 0
    needs:
      - series: a_total
        history: 5m
    finding: "{{ $value }} a second"
    threshold: 0`;

test("a check is read with its defaults", () => {
  const { checks, problems } = load(SOUND);
  assert.deepEqual(problems, []);
  assert.deepEqual(checks, [
    {
      id: "sound",
      title: "sound",
      expr: 'rate(a_total{topic!=""}[5m]) > 0',
      needs: [
        {
          series: "a_total",
          freshMs: 60_000,
          historyMs: 300_000,
          twiceMs: 300_000,
          samples: 2,
          trafficMs: 0,
        },
      ],
      atOnce: false,
      isEvent: false,
      finding: "{{ $value }} a second",
      values: {},
      severity: "warning",
      shown: "warning",
      threshold: 0,
      below: false,
      unit: "count",
      chartUnit: "count",
      explains: [],
      replaces: [],
      selectors: ['a_total{topic!=""}'],
      first: [],
      file: "runbooks/Page0.md",
      section: "runbooks/Page0.md#example",
    },
  ]);
});

const broken: [what: string, from: string, to: string, reason: RegExp][] = [
  ["a PromQL error", "[5m]) > 0", "[5m] > 0", /check sound: expr: .*character/],
  [
    "a function that is not supported",
    "rate(",
    "histogram_fraction(",
    /expr: the function "histogram_fraction"/,
  ],
  [
    "an expression without series",
    'rate(a_total{topic!=""}[5m]) > 0',
    "1 > bool 2",
    /expr: must give a vector/,
  ],
  [
    "a need that is no selector",
    "series: a_total",
    "series: sum(a_total)",
    /needs\.0\.series: must be a selector/,
  ],
  [
    "a need that is no PromQL",
    "series: a_total",
    "series: 'a_total{'",
    /needs\.0\.series: expected/,
  ],
  [
    "no needs",
    "needs:\n      - series: a_total\n        history: 5m",
    "needs: []",
    /needs must not be empty/,
  ],
  [
    "no duration",
    "history: 5m",
    "history: soon",
    /needs\.0\.history "soon" is not a valid duration/,
  ],
  ["an unknown placeholder", "$value", "$vaule", /finding: \{\{ \$vaule \}\} is not known/],
  ["a key nobody knows", "threshold: 0", "treshold: 0", /treshold/],
  ["an id with spaces", "id: sound", "id: not sound", /must be words/],
  ["a severity nobody knows", "threshold: 0", "severity: fatal", /severity/],
  ["below without a threshold", "threshold: 0", "below: true", /there is no threshold/],
  ["a section that is not there", "threshold: 0", 'section: "#cure"', /no heading "#cure"/],
];

for (const [what, from, to, reason] of broken) {
  test(`${what} is named with file, line and reason, and the other checks load`, () => {
    const { checks, problems } = load(SOUND.replace(from, to), SOUND.replace("sound", "other"));
    assert.deepEqual(
      checks.map(({ id }) => id),
      ["other"],
    );
    assert.equal(problems.length, 1);
    assert.equal(problems[0]?.file, "runbooks/Page0.md");
    assert.equal(problems[0]?.line, 4);
    assert.match(problems[0]?.reason ?? "", reason);
  });
}

test("the second check of an id is named, and the first is kept", () => {
  const { checks, problems } = load(SOUND, SOUND);
  assert.deepEqual(
    checks.map(({ file }) => file),
    ["runbooks/Page0.md"],
  );
  assert.match(problems[0]?.reason ?? "", /check sound: there is one in runbooks\/Page0\.md/);
});

test("an explains that leads nowhere is named and ignored, the check stays", () => {
  const { checks, problems } = load(`${SOUND}\n    explains: [nothing]`);
  assert.deepEqual(checks[0]?.explains, []);
  assert.match(problems[0]?.reason ?? "", /explains nothing, and there is no such check/);
});

test("checks that explain each other in a circle are named, and the circle is cut", () => {
  const named = (id: string, explains: string): string =>
    `${SOUND.replace("sound", id)}\n    explains: [${explains}]`;
  const { checks, problems } = load(
    named("a", "b"),
    named("b", "c"),
    named("c", "a, d"),
    named("d", "d"),
  );
  assert.deepEqual(
    checks.map(({ id, explains }) => [id, explains]),
    [
      ["a", []],
      ["b", []],
      ["c", ["d"]],
      ["d", []],
    ],
  );
  assert.equal(problems.length, 4);
  assert.match(problems[0]?.reason ?? "", /check a: explains b, which leads back to it/);
});

const OURS = globSync("knowledge/runbooks/*.md").map((file) => {
  const result = readPage({ file, folder: "knowledge", text: readFileSync(file, "utf8") });
  assert.equal(result.kind, "page", file);
  return result.page;
});

test("every check of our own runbooks is sound", () => {
  const { checks, problems } = loadChecks(OURS);
  assert.deepEqual(problems, []);
  assert.ok(checks.length >= 40, String(checks.length));
});

test("every runbook of ours that declares checks says meaning, impact, diagnosis and mitigation", () => {
  for (const { file, checks, sections } of OURS) {
    const anchors = sections.map(({ anchor }) => anchor);
    for (const anchor of ["meaning", "impact", "diagnosis", "mitigation"]) {
      assert.ok(checks.length === 0 || anchors.includes(anchor), `${file} lacks ${anchor}`);
    }
  }
});
