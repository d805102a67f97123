/** Code of Hugo that goes over several lines in a table's cell. */

import { testHabits } from "../../support/habits.ts";

testHabits([
  [
    "code of Hugo over several lines of a cell",
    '| A | B | C |\n|---|---|---|\n| a | list<br />{{<code>}}[{\n  "b": 1 | 2,\n}] {{</code>}} | c |\n| d | {{< code >}}\ne\n{{< /code >}}It is x. | f |\n| g | h | i |\n\nMore.',
    '| A | B | C |\n|---|---|---|\n| a | list<br />`[{`<br>` "b": 1 \\| 2,`<br>`}]` | c |\n| d | `e`<br>It is x. | f |\n| g | h | i |\n\n\n\n\n\nMore.',
  ],
  [
    "such code that nothing ends, and in code",
    "| A | B |\n|---|---|\n| a | {{<code>}} |\n\n```\n| b | {{<code>}}\n{{</code>}} | c |\n```",
    "| A | B |\n|---|---|\n| a |  |\n\n```\n| b | {{<code>}}\n{{</code>}} | c |\n```",
  ],
]);
