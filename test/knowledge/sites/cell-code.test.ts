/** Code between tags of a site that holds lines in a cell, and whose end leaves no line free. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { shownOf } from "../read-texts.ts";

test("code of several lines in a cell keeps them, and the rows below it stay in its table", () => {
  const page = [
    "# Checks",
    "",
    "spec     | ",
    "---------|------",
    "example  | {{< code yml >}}",
    "disk:",
    "  - path: /a*b",
    "",
    '    warn: "80 | 90"',
    "{{< /code >}}",
    "type     | Map",
    "",
    "limit    | ",
    "---------|------",
    "example  | {{< code shell >}}",
    "limit: 80 | 90",
    "{{< /code >}}",
    "type     | Integer",
    "",
    "Done.",
  ].join("\n");
  const { markdown = "" } = shownOf(page);
  assert.match(markdown, /```yml\n {2}disk:\n {4}- path: \/a\*b\n\n {6}warn: "80 \| 90"\n {2}```/);
  assert.match(markdown, /\*\*spec\*\*: type\s+Map/);
  assert.match(markdown, /^\| example \| `limit: 80 \\\| 90` \|\n\| type {4}\| Integer/m);
  assert.match(markdown, /\n\nDone\.$/);
});

test("a row whose code nobody ends stays as it is", () => {
  const { text = "" } = shownOf("# A\n\n| a | b |\n|---|---|\n| c | {{< code sh >}}\n\nd | e");
  assert.match(text, /c/);
  assert.match(text, /d \| e$/);
});

test("code with no line free for its end is whole, and words behind code stand apart", () => {
  const page =
    "# A\n\nFirst:\n1. Get it:\n   {{< code sh >}}\nwget https://a.example/b\nsudo ./b <c>{{< /code >}}\n   Then wait.\n\nSay {{< code >}}off{{< /code >}}_NOTE: rarely._";
  const { markdown = "" } = shownOf(page);
  assert.match(markdown, /```sh\n {3}wget https:\/\/a\.example\/b\n {3}sudo \.\/b <c>\n {3}```/);
  assert.match(markdown, /Then wait\.\n\nSay `off` [*_]NOTE: rarely\.[*_]$/);
});

test("a title of code may be HTML", () => {
  const { markdown = "" } = shownOf(
    '# A\n\n```sh title="<code>mv -v</code> says more"\nmv -v a b\n```',
  );
  assert.match(markdown, /^\*\*`mv -v` says more\*\*\n+```sh/);
});
