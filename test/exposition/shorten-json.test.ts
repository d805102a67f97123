/** What is too much is cut from a text, and everything else is the same as before. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { shortenedList, shortenJson } from "../../src/exposition/shorten-json.ts";
import fc from "../support/fast-check.ts";

const keys = (count: number, name = "k"): Record<string, unknown> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`${name}${at}`, at]));

function shortened(value: unknown) {
  const { text, cutKeys } = shortenJson(Buffer.from(JSON.stringify(value)));
  return { value: JSON.parse(text) as unknown, cutKeys };
}

test("what is not too much comes out as it is", () => {
  fc.assert(
    fc.property(fc.json({ noUnicodeString: false }), (text) => {
      assert.deepEqual(shortenJson(Buffer.from(text)), { text, cutKeys: 0 });
    }),
  );
});

test("keys beyond the five thousandth are cut and counted, and neighbours stay", () => {
  const value = { before: 1, labels: keys(5_003), after: [keys(3), { a: 'b"}' }] };
  assert.deepEqual(shortened(value), {
    value: { ...value, labels: keys(5_000) },
    cutKeys: 3,
  });
});

test("each object has its own limit, and in what is cut nothing is counted twice", () => {
  const wide = { ...keys(5_000), inner: keys(5_001, "i"), last: 1 };
  assert.deepEqual(shortened([keys(5_001), keys(5_002), wide]), {
    value: [keys(5_000), keys(5_000), keys(5_000)],
    cutKeys: 1 + 2 + 2,
  });
  const nested = { inner: keys(5_001, "i"), ...keys(5_000) };
  const cut = shortened(nested);
  assert.deepEqual(Object.keys(cut.value as object).length, 5_000);
  assert.equal(Object.keys((cut.value as typeof nested).inner).length, 5_000);
  assert.equal(cut.cutKeys, 2);
});

describe("what is not JSON", () => {
  for (const text of ["", '"', '{"a', "}}]]", '{"a":[}', "\\", '"\\']) {
    test(`${text} comes out as it is`, () => {
      assert.deepEqual(shortenJson(Buffer.from(text)), { text, cutKeys: 0 });
    });
  }

  test("and is nested without end is refused", () => {
    assert.throws(() => shortenJson(Buffer.from("[".repeat(501))), RangeError);
  });
});

describe("a list of megabytes", () => {
  const items = Array.from({ length: 30 }, (_, at) => ({
    at,
    text: '],[",'.repeat(40_000),
    list: [[at], at, {}],
  }));
  const parsedPieces = (text: string): unknown[][] =>
    shortenedList(Buffer.from(text)).map((piece) => JSON.parse(piece) as unknown[]);

  test("is cut into lists that have its items, in order", () => {
    const pieces = parsedPieces(JSON.stringify(items, null, 1));
    assert.ok(pieces.length > 3, `${pieces.length} pieces`);
    assert.deepEqual(pieces.flat(), items);
  });

  test("loses the keys that are too many in the piece where they are", () => {
    const [first, ...others] = parsedPieces(JSON.stringify([keys(6_000), ...items])).flat();
    assert.equal(Object.keys(first as object).length, 5_000);
    assert.deepEqual(others, items);
  });

  test("that is none has a piece that is no JSON", () => {
    const good = JSON.stringify(items);
    for (const bad of [`${good},${good}`, good.slice(0, -1), `${good}]`, `[${good.slice(2)}`]) {
      assert.throws(() => parsedPieces(bad), SyntaxError);
    }
  });

  test("is one piece where it is short, or no list", () => {
    for (const text of ["[]", "[1,2]", '{"a":[1,2]}', "", "null", JSON.stringify({ items })]) {
      assert.deepEqual(shortenedList(Buffer.from(text)), [text]);
    }
  });
});
