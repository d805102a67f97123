/** Headings, lists, emphasis, addresses and definitions. */

import { testHabits } from "../../support/habits.ts";

testHabits([
  [
    "what a setting is, which only a tag says, and code that names the tag",
    "`name`: {{<required>}} a. {{%deprecated%}}\n\n<CloudOnlyBadge />\n\nb <Optional /> `{{<required>}}`",
    "`name`: `required` a. `deprecated`\n\n`cloud only`\n\nb `optional` `{{<required>}}`",
  ],
  [
    "a component right behind another, with its attributes below, and none in code",
    '<Field\n  title="A"\n/><Field\n  title="B"\n/>\n\n```jsx\n/><Field\n```',
    "A\n\n\nB\n\n\n```jsx\n/><Field\n```",
  ],
  [
    "a word that only a component knows, and no picture",
    "Start the <ProductName/> proxy. Click <Save />.\n\nA disk <DiskIcon /> fills, as it may <Stars />",
    "Start the `ProductName` proxy. Click `Save`.\n\nA disk  fills, as it may ",
  ],
  [
    "headings without the space behind their signs",
    "##Steps\n\n###步骤\n\n##vso[a]\n\n`##x`",
    "## Steps\n\n### 步骤\n\n##vso[a]\n\n`##x`",
  ],
  [
    "bold words that end with a sign before a letter, and stars that are none",
    "**주의:**서버 a**「b」**c **`x`**를 **d**e 2**3, (4)**5\n\n    f(**a, (b)**c)\n\n```\n**a:**b\n```",
    "**주의:** 서버 a **「b」** c **`x`** 를 **d**e 2**3, (4)**5\n\n    f(**a, (b)**c)\n\n```\n**a:**b\n```",
  ],
  [
    "a number behind a bold name",
    "x `5`**Wait:**5 min (a)**2, (b)**3 **www.a.example**에",
    "x `5` **Wait:** 5 min (a)**2, (b)**3 **www.a.example** 에",
  ],
  [
    "bold words over two lines of a paragraph",
    "a **b\nc:**d **e\nf**g\n- **h:\n\ni**j **k:**l",
    "a **b\nc:** d **e\nf**g\n- **h:\n\ni**j **k:**l",
  ],
  [
    "definitions that are words, and those that are none",
    "- [App 1]: [Text]\n- [App 2]: words\n- [a]: b\n\n[a] [c]: d\n\n[e]: f.md\n\n```\n[g]: h\n```",
    "- \\[App 1]: [Text]\n- \\[App 2]: words\n- [a]: b\n\n[a] [c]: d\n\n[e]: f.md\n\n```\n[g]: h\n```",
  ],
  [
    "words that are defined elsewhere, before a date",
    "- [A post]: 2026-01-02\n\n[a post]: https://a.example/b",
    "- [A post][]: 2026-01-02\n\n[a post]: https://a.example/b",
  ],
  [
    "an address whose signs are references",
    "See https://a.example/?b=1&amp;c=2&amp;d=3, not `https://a.example/?b&amp;c`.",
    "See https://a.example/?b=1&c=2&d=3, not `https://a.example/?b&amp;c`.",
  ],
  [
    "names of types that look like addresses",
    "Get<std::string>() `a<std::b>` <https://a.example>\n\n    x<std::y>",
    "Get\\<std::string>() `a<std::b>` <https://a.example>\n\n    x<std::y>",
  ],
  ["imports with a blank before their end", "import Tabs from '@theme/Tabs' ;\n\ntext", "\n\ntext"],
  [
    "looks of words and items, and paths that are none",
    "A b {.text-danger}\n\n- c {.d-e #f}\n\nGet {.items} or {.a-b} c",
    "A b\n\n- c\n\nGet {.items} or {.a-b} c",
  ],
  ["looks of Wiki.js", "> Mind `it`.{.is-info}\n\n# A {.tabset}", "> Mind `it`.\n\n# A"],
  [
    "imports that a step names, which are its words",
    "- Write:\n\n  import Tabs from 'tabs';\n",
    "- Write:\n\n  import Tabs from 'tabs';\n",
  ],
  ["colons right behind a sentence", ":::tip\nOne.:::", "**Tip**  \nOne."],
  [
    "a text of more lines than it is written in",
    'import A from "a";\n\n<A b={["One two&#10;x", <i>Three four&#10;y&#10;z</i>]}\n/>\n\nc',
    "\n\nOne two&#10;x; Three four\n- y; z\n\nc",
  ],
  [
    "a file's name with spaces",
    '[A](../a b/c d.md#e) ![x](an image.png) `[B](b c.md)` [no](words in brackets.) [t](t.md "A b.c")',
    '[A](<../a b/c d.md#e>) ![x](<an image.png>) `[B](b c.md)` [no](words in brackets.) [t](t.md "A b.c")',
  ],
  [
    "a field that has a type alone",
    '<ResponseField name="" type="-f, --follow">\nx\n</ResponseField>',
    "**`-f, --follow`**  \nx\n",
  ],
  [
    "classes of a heading, and of words",
    "## `A` step {.keep lang=en}\n### B {.keep #its-id}\n[`c` d]{.title-ref} of [e]{.f}",
    "## `A` step\n### B {#its-id}\n`c` d of e",
  ],
  [
    "an address whose sign of a part is a reference",
    "See https://a.example/b/&#35;c.",
    "See https://a.example/b/#c.",
  ],
  [
    "labels in italics that stand right behind other words",
    "*New in 2.1.**Type*: text*Default*: off\n\n*New.**Linux only*Give `a*Do*: b` and a*b*c: on*Since one two*It is N*Len*Log.",
    "*New in 2.1.* *Type*: text *Default*: off\n\n*New.* *Linux only* Give `a*Do*: b` and a*b*c: on *Since one two* It is N*Len*Log.",
  ],
  [
    "the next item of a list right below words",
    "1. A\n\n![B](b.png)\n\nThe picture\n2. C\n\n    - d\n\n# F\n\nG\n4. H",
    "1. A\n\n![B](b.png)\nThe picture\n\n2. C\n\n    - d\n\n# F\n\nG\n4. H",
  ],
]);
