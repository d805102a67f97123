/** Habits of Paradox, the generator of Akka's documentation. */

import { testHabits } from "../../support/habits.ts";

testHabits([
  [
    "a directive of Paradox among words",
    'See @ref:[the `list`](a.md#x), @extref[the manual](kafka:/a.html), @apidoc[Consumer$] { java="#a" } and a @scala[`Future`]@java[@javadoc[Stage](a.b.Stage)], not `@ref[x](y)`.',
    "See [the `list`](a.md#x), the manual, `Consumer` and a `Future` / `Stage`, not `@ref[x](y)`.",
  ],
  [
    "a directive of Paradox that goes on in the next line",
    "See @javadoc[send(Record r,\n...)](a.b.Producer) and `@javadoc[x`\nmore](y).",
    "See `send(Record r, ...)`\nand `@javadoc[x`\nmore](y).",
  ],
  [
    "words of Paradox for two languages, over lines and with brackets in brackets",
    "@scala[Ask with `f[A]` or\n@apidoc[Try[T]](a.Try#of[T](f:(A,B)=%3ET)) now.]\n@java[Take @javadoc[Two](a.B)[@javadoc[One[T]](a.C), a list[0]]]@scala[x]. `@scala[y`]",
    "Ask with `f[A]` or\n`Try[T]` now.\nTake `Two`[`One[T]`, a list[0]] / x. `@scala[y`]",
  ],
  [
    "a file that only a term of Paradox shows",
    "Java\n:  @@snip [A.java](/src/A.java) { #one }",
    "**Java**\n-  Included file: /src/A.java",
  ],
  [
    "a file whose part is named over lines",
    "Java\n:  @@snip [A.java](/src/A.java) {\n   #one\n   }\n\nSee @ref[b](b.md).",
    "**Java**\n-  Included file: /src/A.java\n\n\n\nSee [b](b.md).",
  ],
  [
    "a block of Paradox with a title in other quotes",
    "@@@ warning { title='Take care' }\nx\n@@@",
    "**Warning: Take care**  \nx\n",
  ],
  [
    "a block of Paradox",
    lines(
      "@@@ note { title=Order }",
      "",
      "First this.",
      "",
      "@@@",
      "",
      "@@toc { depth=2 }",
      "",
      "Scala",
      ": @@snip [x](/a/B.scala) { #part }",
    ),
    lines(
      "**Note: Order**  ",
      "",
      "First this.",
      "",
      "",
      "",
      "",
      "",
      "**Scala**",
      "- Included file: /a/B.scala",
    ),
  ],
  [
    "a dependency of Paradox",
    lines("@@dependency [sbt,Maven] {", "  group=a.b", "}", "", "Then @ref[go on](b.md)."),
    lines("```", "  group=a.b", "```", "", "Then [go on](b.md)."),
  ],
  [
    "code and a table as what a term means",
    lines(
      "sbt",
      ":   ```scala",
      "a += b",
      "```",
      "",
      "Limits",
      ": | A | B |",
      "|---|---|",
      "| 1 | 2 |",
      "",
      "After.",
    ),
    lines(
      "**sbt**",
      "-   ```scala",
      "    a += b",
      "    ```",
      "",
      "**Limits**",
      "- | A | B |",
      "  |---|---|",
      "  | 1 | 2 |",
      "",
      "After.",
    ),
  ],
]);

/** The lines of a page. */
function lines(...all: string[]): string {
  return all.join("\n");
}
