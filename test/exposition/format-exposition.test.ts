import assert from "node:assert/strict";
import { test } from "node:test";
import { formatExposition } from "../../src/exposition/format-exposition.ts";
import { parseExposition } from "../../src/exposition/parse-exposition.ts";
import type { Sample } from "../../src/exposition/sample.ts";

test("what is written is read back the same, odd labels and numbers included", () => {
  const samples: Sample[] = [
    { name: "a", labels: { topic: 'quo"te\\back\nline', empty: "" }, value: 1.5 },
    { name: "a", labels: {}, value: Number.POSITIVE_INFINITY },
    { name: "b_total", labels: { target: "shop`x" }, value: 1e21 },
    { name: "a", labels: { n: "2" }, value: Number.NEGATIVE_INFINITY },
  ];
  const text = formatExposition(samples, { b_total: { type: "counter", help: "Lines\nof it." } });
  const read = parseExposition(text);
  const plain = (all: readonly Sample[]) =>
    all.map(({ name, labels, value }) => ({ name, labels: { ...labels }, value }));
  const expected = samples
    .toSorted((x, y) => (x.name < y.name ? -1 : x.name > y.name ? 1 : 0))
    .map(({ labels, ...rest }) => {
      const { empty: _, ...kept } = labels as Record<string, string>;
      return { ...rest, labels: kept };
    });
  const given = plain(read.samples).map(({ labels, ...rest }) => {
    const { empty: _, ...kept } = labels as Record<string, string>;
    return { ...rest, labels: kept };
  });
  assert.deepEqual(
    given,
    plain(expected).map(({ labels, ...rest }) => ({ ...rest, labels })),
  );
  assert.match(text, /# TYPE b_total counter/);
});
