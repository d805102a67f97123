/** Tables, their rows and cells, as sites and people write them. */

import { testHabits } from "../../support/habits.ts";

testHabits([
  [
    "code in a cell that shows a fence and a role",
    ":::{list-table}\n* - ````md\n    ```sh\n    x\n    ```\n    ````\n  - ```md\n    ``{r}`a```\n    ```\n:::",
    "|   |   |\n| --- | --- |\n| `` ```sh ``<br>`x`<br>`` ``` `` | ```` ``{r}`a``` ```` |\n\n\n\n\n\n\n",
  ],
  [
    "a table in an item, whose delimiters stand too far in",
    "- a\n\n  | b | c |\n          |---|---|\n      | d | e |\n\n      f\n\n| g | h |\n|---|---|\n      | i | j |",
    "- a\n\n  | b | c |\n  |---|---|\n  | d | e |\n\n      f\n\n| g | h |\n|---|---|\n| i | j |",
  ],
  [
    "a list whose items are rows and whose items in them are cells",
    ":::{list-table} The kinds\n:header-rows: 1\n:widths: 1, 2\n\n* - Kind\n  - Its `a|b`\n* - One\n  - goes\n    on\n\n    - x\n* - Two\n  -\n:::\n\nAfter.",
    "**The kinds**  \n\n| Kind | Its `a\\|b` |\n| --- | --- |\n| One | goes on<br>• x |\n| Two |   |\n\n\n\n\n\n\n\n\n\nAfter.",
  ],
  [
    "one without a head between words, with a directive in a cell",
    "Before\n```{list-table}\n---\nheader-rows: 0\n---\n-\n  * a\n\n  * :::{image} b.svg\n    :alt: The B\n    :::\n```\nAfter.",
    "Before\n\n|   |   |\n| --- | --- |\n| a | ![The B](<b.svg>) |\n\n\n\n\n\n\n\nAfter.",
  ],
  [
    "one in a step and one in a quote, and one behind a remark",
    "1. a\n\n   ```{flat-table}\n   :header-rows: 1\n\n   * - b\n     - c\n   * - d\n   ```\n\n> :::{list-table}\n> :header-rows: 1\n>\n> * - e\n> * - f\n> :::\n\n```{note}\ng\n```",
    "1. a\n\n   | b | c |\n   | --- | --- |\n   | d |   |\n\n\n\n\n\n> | e |\n> | --- |\n> | f |\n>\n>\n>\n\n**Note**  \ng\n",
  ],
  [
    "a list of no cells and an example in code, which stay as they are",
    "````md\n```{list-table}\n* - a\n  - b\n```\n````\n\n:::{list-table}\n* a\n  b\n:::\n\n:::{list-table}\n* - a\n",
    "````md\n```{list-table}\n* - a\n  - b\n```\n````\n\n\n* a\n  b\n\n\n\n* - a\n",
  ],
  [
    "a table whose delimiters nobody has filled in",
    "- | A | B |\n  |||\n  | c | d |\n\n|||\n",
    "- | A | B |\n  | --- | --- |\n  | c | d |\n\n|||\n",
  ],
  [
    "a break between two cells of a notebook without any other sign",
    "a\n\n+++\n\nb\n\n```\n+++\n```",
    "a\n\n\n\nb\n\n```\n+++\n```",
  ],
  [
    "code that ends with a backslash, in a row without a pipe at its edges",
    "a | b\n--- | ---\n`c` | Use `\\\\` and `d`\n`e` | 'f` or `g` to `h",
    "a | b\n--- | ---\n`c` | Use `\\\\` and `d`\n`e` | 'f ` or ` g ` to ` h",
  ],
  ["one in Russian", "!!! Примечание\n\n    - a", "**Примечание**  \n\n- a"],
  ["one without a title", "!!! note\n    Short.", "**Note**  \nShort."],
  [
    "one indented by tabs, with a rule right behind it",
    "!!! note\n\tone\n\n\ttwo\n---\nx",
    "**Note**  \none\n\ntwo\n***\nx",
  ],
  [
    "values behind code in a wide cell, and names in any letters",
    "| a | b |\n|---|---|\n| `x`      | {{ name }} |\n\n{{ 表单.x }} {% 块 %} `c`{{ d }}`e`",
    "| a | b |\n|---|---|\n| `x`      | `{{ name }}` |\n\n`{{ 表单.x }}` `{% 块 %}` `c` `{{ d }}` `e`",
  ],
  [
    "a remark that begins in a cell alone",
    "| a | b |\n|---|---|\n| <!-- | c |\n| `<!--` | d |",
    "| a | b |\n|---|---|\n|  | c |\n| `<!--` | d |",
  ],
  ["one that is folded", '??? tip "More"\n    Text.', "**Tip: More**  \nText."],
  [
    "one in another",
    '!!! note\n    a\n\n    !!! warning "W"\n        b\n\nc',
    "**Note**  \na\n\n**Warning: W**  \nb\n\nc",
  ],
  [
    "a pipe in the code of a cell",
    "| a | b |\n|---|---|\n| x | `p|q` |\n| `` ` `` | ```F(`a|b`)``` |\n| y | keep | drop |\n| z | w | |\n\np | q | r",
    "| a | b |\n|---|---|\n| x | `p\\|q` |\n| `` ` `` | ```F(`a\\|b`)``` |\n| y | keep | drop |\n| z | w | |\n\np | q | r",
  ],
  [
    "options of a table, by their names and types",
    "<Table\n  type={{\n    onError: {\n      description: 'Called upon errors',\n      type: 'string | null',\n    },\n    id: { type: 'number', description: '' },\n  }}\n/>",
    "\n\n- `onError` (`string | null`): Called upon errors\n\n\n\n- `id` (`number`)\n\n",
  ],
  [
    "a table without delimiters, with few or odd ones, one that goes on and an empty first cell, as kramdown draws them",
    "x\n\n| a | b |\n| c | d |\n\na | b | c\n:-- | --\n1 | 2 | 3\n\na | b\n-- | : --\n1 | 2\n\na | b | c\n--|--|--\n    | 2 | 3\n\n4 | 5 | 6\n\n- y\n\n| a | b |\n| c | d |\n\n| p\n| q",
    "x\n| a | b |\n| --- | --- |\n| c | d |\n\na | b | c\n| --- | --- | --- |\n1 | 2 | 3\n\na | b\n| --- | --- |\n1 | 2\n\na | b | c\n--|--|--\n| | 2 | 3\n4 | 5 | 6\n\n\n- y\n\n| a | b |\n| c | d |\n\np\\\nq",
  ],
  [
    "options of a table that are called like handlers",
    "<Table\n  type={{\n    onError: {\n      description: 'Called upon errors',\n    },\n  }}\n/>",
    "\n\n\n- Called upon errors\n\n\n",
  ],
  [
    "rows and cells below empty lines, however far they are indented",
    "<table>\n    <tr>\n        <td>\n\n`key`\n        </td>\n        <td>\nwords\n        </td>\n    </tr>\n</table>",
    "<table>\n<tr>\n<td>\n\n`key`\n</td>\n<td>\nwords\n</td>\n</tr>\n</table>",
  ],
  [
    "rows that a component is given, and no handler",
    '<Grid rows={[\n  ["Full", "free space"],\n  ["Slow", "wait"],\n]} onClick={() => say("not for readers")} />\nx',
    "\n- Full; free space\n- Slow; wait\n\nx",
  ],
  [
    "a table of ReadMe",
    '[block:parameters]\n{ "data": { "h-0": "Key", "h-1": "Use", "1-0": "b", "0-0": "a", "0-1": "`x`\\ny" } }\n[/block]',
    "<table><tr><th>Key</th><th>Use</th></tr><tr><td>a</td><td>`x`<br>y</td></tr><tr><td>b</td></tr></table>\n\n",
  ],
  [
    "a table whose head and delimiters differ in cells, and lines that are none",
    "| a | b |\n|---|---|---|\n| c | d | e |\n\n| f | g |\n|---|\n| h | i |\n\na | b\n---|---|---\n\n| a | b |\n|---|",
    "| a | b | |\n|---|---|---|\n| c | d | e |\n\n| f | g |\n|---| --- |\n| h | i |\n\na | b\n---|---|---\n\n| a | b |\n|---|",
  ],
  ["a table of contents", "[[_TOC_]]\n\nx", "\n\nx"],
  [
    "colons of a table that stand apart from their dashes",
    "| A | B |\n|: --- |: --- |\n| c | d |",
    "| A | B |\n| --- | --- |\n| c | d |",
  ],
]);
