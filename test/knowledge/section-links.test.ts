/** Where a section leads inside its folder, taken out of its text. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutPageLinks } from "../../src/knowledge/sections/section-links.ts";

function linked(markdown: string) {
  return withoutPageLinks({ file: "runbooks/Down.md", markdown });
}

test("links to other pages become their words, and places by id", () => {
  const { markdown, links } = linked(
    "See [the `clash`](../GUIDE.md#router-clash), [Full](DiskFull.md) or [step 3](#diagnosis).",
  );
  assert.equal(markdown, "See the `clash`, Full or step 3.");
  assert.deepEqual(links, [
    { id: "GUIDE.md#router-clash", label: "the clash" },
    { id: "runbooks/DiskFull.md", label: "Full" },
    { id: "runbooks/Down.md#diagnosis", label: "step 3" },
  ]);
});

test("each place is named once, and what leads elsewhere stays as it is", () => {
  const text = "[a](x.md) [b](x.md) [web](https://a.example/x.md) [file](notes.txt) `[c](y.md)`";
  const { markdown, links } = linked(text);
  assert.equal(markdown, "a b [web](https://a.example/x.md) [file](notes.txt) `[c](y.md)`");
  assert.deepEqual(links, [{ id: "runbooks/x.md", label: "a" }]);
});

test("a path that is not an address is left alone", () => {
  for (const text of ["[a](%E0%A4%A.md)", "[b](/etc/passwd)", "[c]()", "no link"]) {
    assert.equal(linked(text).markdown, text);
  }
});
