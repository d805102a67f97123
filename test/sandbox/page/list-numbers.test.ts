import assert from "node:assert/strict";
import { test } from "node:test";
import { withSlackNumbers } from "../../../src/sandbox/page/list-numbers.ts";

const list = (style: string, items: number, rest: object = {}) => ({
  type: "rich_text_list",
  style,
  elements: Array.from({ length: items }, () => ({ type: "rich_text_section" })),
  ...rest,
});

/** The number that the library draws first: what stood before at that depth, and the offset. */
function drawn(elements: readonly object[]): number[] {
  const counts: number[] = [];
  return withSlackNumbers(elements).flatMap((each) => {
    const {
      style,
      indent = 0,
      offset = 0,
      elements: items,
    } = each as ReturnType<typeof list> & {
      indent?: number;
      offset?: number;
    };
    counts.length = Math.min(counts.length, indent + 1);
    const before = counts[indent] ?? 0;
    counts[indent] = before + items.length;
    return style === "ordered" ? [before + offset + 1] : [];
  });
}

test("lists that go on after their proof are numbered 1, 2, 3", () => {
  const proof = list("bullet", 2, { indent: 1 });
  const findings = [0, 1, 2].flatMap((offset) => [list("ordered", 1, { offset }), proof]);
  assert.deepEqual(drawn(findings), [1, 2, 3]);
});

test("a list that begins elsewhere keeps its number, and other elements are left alone", () => {
  assert.deepEqual(drawn([list("ordered", 2, { offset: 4 })]), [5]);
  const section = { type: "rich_text_section", elements: [] };
  assert.deepEqual(withSlackNumbers([section]), [section]);
});
