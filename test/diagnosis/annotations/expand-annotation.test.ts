/**
 * Annotations as Prometheus renders them: promtool expands each template of the table for one
 * result, and must come to the same text.
 */

// needs: prometheus

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import {
  annotationProblem,
  expandAnnotation,
} from "../../../src/diagnosis/annotations/expand-annotation.ts";
import { ANNOTATION_CASES } from "./annotation-cases.ts";

/** The labels that the expression's result carries; the rule adds its own only later. */
const LABELS = {
  __name__: "m",
  topic: "orders",
  instance: "broker-1.example.org:9094",
  empty_not_there: "x y",
  path: "/var/lib/data",
};

function numberOf(value: string): number {
  return Number(value.replace(/^(-?)Inf$/, "$1Infinity"));
}

test("promtool renders every template of the table to the same text", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "annotations-"));
  t.after(() => rmSync(folder, { recursive: true }));
  assert.ok(ANNOTATION_CASES.length >= 100, `${ANNOTATION_CASES.length} cases`);
  const rules = ANNOTATION_CASES.map(({ template, value }, at) => ({
    alert: `Case${at}`,
    expr: `m{case="${at}"} == ${value} or m{case="${at}"}`,
    annotations: { text: template },
  }));
  const tests = ANNOTATION_CASES.map(({ template, value }, at) => {
    const labels = { ...LABELS, case: String(at) };
    const expanded = expandAnnotation(template, { labels, value: numberOf(value) });
    assert.ok(expanded.kind === "text", `${template}: ${JSON.stringify(expanded)}`);
    const { __name__: _, ...alertLabels } = labels;
    return {
      eval_time: "0m",
      alertname: `Case${at}`,
      exp_alerts: [{ exp_labels: alertLabels, exp_annotations: { text: expanded.text } }],
    };
  });
  const series = ANNOTATION_CASES.map(({ value }, at) => {
    const { __name__: _, ...labels } = { ...LABELS, case: String(at) };
    const written = Object.entries(labels).map(([name, text]) => `${name}=${JSON.stringify(text)}`);
    return { series: `m{${written.join(",")}}`, values: value };
  });
  writeFileSync(join(folder, "rules.json"), JSON.stringify({ groups: [{ name: "g", rules }] }));
  writeFileSync(
    join(folder, "tests.json"),
    JSON.stringify({
      rule_files: ["rules.json"],
      tests: [{ interval: "1m", input_series: series, alert_rule_test: tests }],
    }),
  );
  const promtool = spawnSync("promtool", ["test", "rules", "tests.json"], {
    cwd: folder,
    encoding: "utf8",
  });
  assert.equal(promtool.status, 0, `${promtool.stdout}\n${promtool.stderr}`);
});

const REFUSED: readonly (readonly [template: string, problem: RegExp])[] = [
  ['{{ query "up" | first | value }}', /it uses query/],
  ['{{ range query "up" }}{{ .Value }}{{ end }}', /it uses query/],
  ['{{ "up" | label "job" }}', /it uses label/],
  ["{{ now | humanizeTimestamp }}", /it uses now/],
  ["{{ .Nope }}", /has no \.Nope/],
  ["{{ nil }}", /nil is not a command/],
  ["{{ eq 1 }}", /eq takes 2 values/],
  ["{{ not }}", /not takes 1 value/],
  ['{{ slice "abc" 5 }}', /beyond 3/],
  ['{{ slice "abc" 2 1 }}', /from 2 to 1/],
  ["{{ len . }}", /len of struct/],
  ["{{ range . }}x{{ end }}", /range cannot go over struct/],
  ['{{ toTime "NaN" }}', /is not a time/],
  ["{{ $value | shout }}", /no function shout/],
  ["{{ $nothing }}", /no variable \$nothing/],
  ["{{ if gt $value 5 }}x{{ end }}", /float64 and int cannot be compared.*5\.0/],
  ["{{ $value.x }}", /float64 has no \.x/],
  ["{{ range $value }}x{{ end }}", /range cannot go over float64/],
  ['{{ "a" | humanize }}', /humanize: a is not a number/],
  ['{{ define "x" }}{{ template "x" }}{{ end }}{{ template "x" }}', /without end/],
  ['{{ reReplaceAll "(" "x" "y" }}', /not a regular expression/],
  ["{{ index $labels 3 }}", /has no item 3/],
  ["{{ humanize 1 2 }}", /humanize takes one value, and this is 2/],
  ["{{ printf }}", /printf takes a text/],
  ["{{ $x = 1 }}", /no variable \$x/],
  ["{{ toTime 1 | toUpper }}", /takes a text, and this is \*time\.Time/],
  ["{{ (toTime 1).Zone }}", /has no \.Zone here/],
  ["{{ (toTime 1).Unix 2 }}", /takes other values/],
  ["{{ $labels.topic 1 }}", /only a function takes values/],
  ["{{ or $value $nothing }}", /no variable \$nothing/],
  ['{{ len "a" 1 }}', /len takes 1 value, and this is 2/],
  ["{{ lt 1 2 3 }}", /lt takes 2 values, and this is 3/],
  ['{{ slice "abc" 1.0 }}', /whole numbers, and this is float64/],
  ["{{ 9223372036854775808 }}", /too large/],
  ["{{ range $i, $x := 3 }}{{ end }}", /range cannot go over int/],
  ['{{ safeHtml "x" | toUpper }}', /toUpper takes a text, and this is template\.HTML/],
  ['{{ index $labels (safeHtml "topic") }}', /has no item topic/],
  ['{{ index . "Value" }}', /has no item Value/],
  ['{{ humanize (safeHtml "5") }}', /is not a number/],
  ["{{ lt 1i 2i }}", /complex128 have no order/],
  ["{{ eq 1i 1 }}", /complex128 and int cannot be compared/],
  ['{{ printf "%p" $labels }}', /uses %p, an address/],
  ['{{ toTime 1 | printf "%p" }}', /uses %p, an address/],
  ["{{ range $x = $labels }}{{ end }}", /no variable \$x/],
];

for (const [template, problem] of REFUSED) {
  test(`${template} is refused by name`, () => {
    const expanded = expandAnnotation(template, { labels: LABELS, value: 1 });
    assert.ok(expanded.kind === "refused", JSON.stringify(expanded));
    assert.match(expanded.problem, problem);
  });
}

const BROKEN: readonly (readonly [template: string, problem: RegExp])[] = [
  ["{{ $value", /not closed/],
  ["{{ if $value }}x", /has no \{\{ end \}\}/],
  ["x{{ end }}", /closes nothing/],
  ["{{ }}", /is empty/],
  ["{{ $value | | title }}", /value is missing/],
  ["{{ $x := | }}", /value is missing/],
  ["{{ if true }}a{{ end | title }}", /\| is in a wrong place/],
  ["{{ range $labels }}{{ break 1 }}{{ end }}", /1 is in a wrong place/],
  ['{{ define "t" . }}a{{ end }}', /\. is in a wrong place/],
  ["{{ (print 1 }}", /not closed/],
  ["{{ ! }}", /not understood/],
  ["{{ break }}", /stands in no \{\{ range/],
  ["{{ range $labels }}x{{ else }}{{ continue }}{{ end }}", /stands in no/],
  ["{{ /* why */ }}", /comment is not alone/],
  ["{{ $labels.x | shout }}", /no function shout/],
  ['{{ tmpl "x" . }}', /no function tmpl/],
  ["{{ if true }}{{ $x := 1 }}{{ end }}{{ $x }}", /no variable \$x/],
  [String.raw`{{ "\xZZ" }}`, /\\x is not a valid escape/],
  [String.raw`{{ "\/" }}`, /\\\/ is not a valid escape/],
  [String.raw`{{ "\ud83d" }}`, /not a valid escape/],
  ["{{ 'ab' }}", /not one letter/],
  ["{{ print\u00a01 }}", /not understood/],
  ["{{ 1_ }}", /1_ is not a number/],
  ["{{ 089 }}", /089 is not a number/],
  ["{{ 0x1i }}", /white space is missing before i/],
  ["{{ 1+2 }}", /white space is missing before \+2/],
  ["{{ 1.2.3 }}", /white space is missing before \.3/],
  ['{{ print "a""b" }}', /white space is missing/],
  ["{{ 1 | 2 }}", /a value that takes none/],
  ["{{ $x, $y := 1 }}", /too many variables/],
  ['{{ if true }}{{ define "t" }}{{ end }}{{ end }}', /define }} stands within/],
  ['{{ define "t" }}a{{ end }}{{ define "t" }}b{{ end }}', /two templates are called t/],
  ["{{ if true }}{{ else with 1 }}{{ end }}", /else with }} is not known/],
];

test("a variable is known from its name on, and a range may name a second one after its first", () => {
  assert.equal(
    annotationProblem("{{ $x := len $x }}{{ range $i, $labels }}{{ $i }}{{ end }}"),
    undefined,
  );
});

for (const [template, problem] of BROKEN) {
  test(`${template} is a problem when the rule is loaded`, () => {
    assert.match(annotationProblem(template) ?? "", problem);
  });
}

test("durations are written as later versions of Prometheus write them", () => {
  const written: readonly (readonly [template: string, text: string])[] = [
    ["toDuration 3600", "1h0m0s"],
    ["toDuration 90.5", "1m30.5s"],
    ["toDuration -0.0125", "-12.5ms"],
    ["toDuration 0.0000015", "1.5µs"],
    ["toDuration 2e-9", "2ns"],
    ["toDuration 0", "0s"],
    ["toDuration 1e300", "-2562047h47m16.854775808s"],
    ['parseDuration "-1h30m"', "-5400"],
  ];
  for (const [template, text] of written) {
    const expanded = expandAnnotation(`{{ ${template} }}`, { labels: {}, value: 1 });
    assert.deepEqual(expanded, { kind: "text", text });
  }
});

test("a range goes over the numbers below one, as later versions do", () => {
  const expanded = expandAnnotation("{{ range 3 }}{{ . }}{{ end }}", { labels: {}, value: 1 });
  assert.deepEqual(expanded, { kind: "text", text: "012" });
});

test("a label's value is never read as a template, and the work of one is bounded", () => {
  const labels = { topic: "{{ $value }}" };
  const expanded = expandAnnotation("{{ $labels.topic }}", { labels, value: 1 });
  assert.deepEqual(expanded, { kind: "text", text: "{{ $value }}" });
  const many = Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`l${n}`, "x"]));
  const square = "{{ range $labels }}{{ range $labels }}{{ . }}{{ end }}{{ end }}";
  assert.equal(expandAnnotation(square, { labels: {}, value: 1 }).kind, "text");
  const endless = expandAnnotation(square, { labels: many, value: 1 });
  assert.ok(endless.kind === "text" || /too (?:many|long)/.test(endless.problem));
  const nested = "{{ range $labels }}".repeat(60) + "{{ end }}".repeat(60);
  assert.match(annotationProblem(nested) ?? "", /too deeply/);
});
