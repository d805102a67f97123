/** Code that holds lines in a cell, whose end leaves no line free, or stands elsewhere than it began. */

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

test("code that its item leaves open right above the next item is code, and what follows is read", () => {
  const { markdown = "" } = shownOf(
    "# A\n\n1. Push:\n    ```bash\n    git add .\n      git push\n2. Wait.\n\n<box type=tip>\n\nDone.\n</box>\n",
  );
  assert.match(markdown, /```bash\n {3}git add \.\n {5}git push\n {3}```\n+2\. Wait\./);
  assert.match(markdown, /\*\*Tip\*\*\n+Done\./);
});

test("an end of code a little to the left of its item ends it", () => {
  const { markdown = "" } = shownOf(
    "# A\n\n1. Set:\n   * In the file:\n     ```yaml\n     a: b\n    ```\n   * Or here:\n     ```yaml\n     c: d\n    ```\n\nDone.",
  );
  assert.match(
    markdown,
    /a: b\n {5}```\n+ {3}\* Or here:\n {5}```yaml\n {5}c: d\n {5}```\n+Done\./,
  );
});

test("what looks pasted in a cell's code stays there", () => {
  const { markdown = "" } = shownOf(
    '# A\n\nhealth  | \n--------|------\nexample | {{< code sh >}}\n"health": [\n    {\n      "id": 1,\n      "name": "one",\n      "full": true\n    }\n  ]{{< /code >}}\n\nlimit   | \n--------|------\ntype    | Map\n',
  );
  assert.match(markdown, /"id": 1,\n +"name": "one",\n +"full": true\n/);
  assert.match(markdown, /type +\| Map/);
});
