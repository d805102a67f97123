import assert from "node:assert/strict";
import { test } from "node:test";
import { fillTemplate, templateProblem } from "../../../src/diagnosis/checks/finding-text.ts";

const numbers = {
  value: 1234.5,
  labels: { topic: "orders", __proto__: "x" },
  values: { eta: 1380, free: 3_221_225_472, share: 0.256, one: 1 },
};

const filled: [template: string, text: string][] = [
  ["{{ $value }} left", "1,235 left"],
  ["{{$value|humanize}}", "1.23k"],
  ["{{ $values.eta | humanizeDuration }}", "23 min"],
  ["{{ $values.free | humanize1024 }}B", "3GiB"],
  ["{{ $values.share | humanizePercentage }}", "25.6%"],
  ["of {{ $labels.topic }}", "of orders"],
  ["of {{ $labels.group }}", "of (none)"],
  ["{{ $values.gone }} records", "an unknown number records"],
  ["{{ $values.one }} [write was|writes were] refused", "1 write was refused"],
  ["{{ $value }} [write was|writes were] refused", "1,235 writes were refused"],
  ["{{ $value }} of {{ $values.one }} [partition|partitions]", "1,235 of 1 partition"],
  ["the files [a, b] | none", "the files [a, b] | none"],
];

for (const [template, text] of filled) {
  test(`${template} becomes ${text}`, () => {
    assert.equal(fillTemplate(template, numbers), text);
  });
}

test("a duration of nothing is 0 s, and no number is said to be none", () => {
  const none = { ...numbers, value: 0 };
  assert.equal(fillTemplate("{{ $value | humanizeDuration }}", none), "0 s");
  assert.equal(fillTemplate("{{ $value }}", { ...none, value: NaN }), "an unknown number");
  assert.equal(fillTemplate("{{ $value }}", { ...none, value: Infinity }), "infinitely many");
});

test("a label cannot smuggle in a slot of its own", () => {
  const labels = { topic: "{{ $value }}" };
  assert.equal(fillTemplate("{{ $labels.topic }}", { ...numbers, labels }), "{{ $value }}");
});

const problems: [template: string, problem: RegExp][] = [
  ["{{ $valu }}", /\{\{ \$valu \}\} is not known/],
  ["{{ $value | shout }}", /no function shout/],
  ["{{ $labels.topic | humanize }}", /a label is not a number/],
  ["{{ $values.eta }}", /no value named eta/],
  ["{{ $value", /not closed/],
];

for (const [template, problem] of problems) {
  test(`${template} is a problem`, () => {
    assert.match(templateProblem(template, []) ?? "", problem);
  });
}

test("a sound template has no problem", () => {
  const template = "{{ $value | humanize }} of {{ $labels.topic }} in {{ $values.eta }}";
  assert.equal(templateProblem(template, ["eta"]), undefined);
});
