/** What site generators add to Markdown, read as plain Markdown with as many lines. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { readPage } from "../../src/knowledge/read-page.ts";
import { plainMarkdown } from "../../src/knowledge/sites/habits.ts";
import fc from "../support/fast-check.ts";

const HABITS: readonly [habit: string, written: string, plain: string][] = [
  [
    "an admonition of MkDocs",
    '!!! danger "Data loss"\n\n    This deletes.\n\nAfter.',
    "**Danger: Data loss**  \n\nThis deletes.\n\nAfter.",
  ],
  ["a directive that ends in its own line", ":::tip Stop it. :::", "**Tip: Stop it.**  "],
  ["one with a colon too few, alone on its page", "::tip Stop it. :::", "**Tip: Stop it.**  "],
  [
    "one without its first colon, and what is none",
    "::tip Stop it. :::\n\n::x y :::\n\n:::note\na\n:::",
    "**Tip: Stop it.**  \n\n::x y :::\n\n**Note**  \na\n",
  ],
  [
    "an admonition right behind the mark of an item",
    '- a\n    -   !!! warning "Take care"\n        of it',
    "- a\n    -   **Warning: Take care**  \n        of it",
  ],
  [
    "a break between two cells of a notebook without any other sign",
    "a\n\n+++\n\nb\n\n```\n+++\n```",
    "a\n\n\n\nb\n\n```\n+++\n```",
  ],
  ["a shortcode that ends twice", '{{< tab title="A" >}} >}}\n\nb', "## A\n\nb"],
  ["a remark of Hugo with its signs in another order", "a {{/*% b */%}} c", "a  c"],
  ["an anchor among the words of a heading", "## A step {#b} for all", "## A step for all"],
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
    "a tab in a step, which goes on below it",
    '1. Run\n\n    === "Linux"\n\n        ```sh\n        up\n        ```\n\n2. b',
    "1. Run\n\n    **Linux**  \n\n    ```sh\n    up\n    ```\n\n2. b",
  ],
  [
    "headings without the space behind their signs",
    "##Steps\n\n###步骤\n\n##vso[a]\n\n`##x`",
    "## Steps\n\n### 步骤\n\n##vso[a]\n\n`##x`",
  ],
  [
    "items that stand too far in, and code that does",
    "Steps:\n    1. a\n    2. b\n\n- If:\n        * c\n          more\n- d\n\n      code\n\nx:\n\n    a:\n        - b\n\n<pre>\nx:\n    - y\n</pre>",
    "Steps:\n1. a\n2. b\n\n- If:\n  * c\n    more\n- d\n\n      code\n\nx:\n\n    a:\n        - b\n\n<pre>\nx:\n    - y\n</pre>",
  ],
  [
    "a directive within a remark, on the remark's last line",
    "<!-- ## A\n\n::: tip\n\nx\n\n::: -->\n\n::: tip\ny\n:::",
    "<!-- ## A\n\n::: tip\n\nx\n\n::: -->\n\n**Tip**  \ny\n",
  ],
  [
    "tabs of VuePress, and a remark that is named in Chinese",
    ":::: tabs\n::: tab Linux\nx\n:::\n::::\n\n::: 提示\ny\n:::",
    "\n## Linux\nx\n\n\n\n**提示**  \ny\n",
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
    "words between two pieces of code that a lone backtick has taken for code",
    "Set 'a` to `b c`, `d` too, ` e `\n\n    a` b `c\n\nx `y\nz` or `w",
    "Set 'a ` to ` b c`, `d ` too, ` e `\n\n    a` b `c\n\nx `y\nz` or `w",
  ],
  [
    "the same beside code of three backticks that two end",
    "A ```b``` c ```d`` e ```f``` g ```h``` i ```j``` k ```l``` m",
    "A ```b``` c ```d`` e ```f ``` g ``` h ``` i ``` j ``` k ``` l``` m",
  ],
  [
    "definitions that are words, and those that are none",
    "- [App 1]: [Text]\n- [App 2]: words\n- [a]: b\n\n[a] [c]: d\n\n[e]: f.md\n\n```\n[g]: h\n```",
    "- \\[App 1]: [Text]\n- \\[App 2]: words\n- [a]: b\n\n[a] [c]: d\n\n[e]: f.md\n\n```\n[g]: h\n```",
  ],
  [
    "values with dots in titles and in names of remarks",
    '# To {{ db.release }} now\n\n## `a` of {{ name }} {: #b }\n\n!!! note "Of {{ now().year }}"\n\n    a {{ db.x }}',
    "# To `release` now\n\n## `a` of `name` {#b}\n\n**Note: Of `{{ now().year }}`**  \n\na `{{ db.x }}`",
  ],
  [
    "values behind code in a wide cell, and names in any letters",
    "| a | b |\n|---|---|\n| `x`      | {{ name }} |\n\n{{ 表单.x }} {% 块 %} `c`{{ d }}`e`",
    "| a | b |\n|---|---|\n| `x`      | `{{ name }}` |\n\n`{{ 表单.x }}` `{% 块 %}` `c` `{{ d }}` `e`",
  ],
  [
    "a remark between an item and its code",
    "3. a\n<!-- x -->\n\n    ```sh\n    b\n    ```\n\n4. c\n\n<!-- y -->\n\n    code",
    "3. a\n   <!-- x -->\n\n    ```sh\n    b\n    ```\n\n4. c\n\n<!-- y -->\n\n    code",
  ],
  [
    "a drawing in code, whose first tag goes on",
    '```jsx\n<svg\n  width="1"\n>\n</svg>\n```',
    '```jsx\n<svg\n  width="1"\n>\n</svg>\n```',
  ],
  [
    "names of types that look like addresses",
    "Get<std::string>() `a<std::b>` <https://a.example>\n\n    x<std::y>",
    "Get\\<std::string>() `a<std::b>` <https://a.example>\n\n    x<std::y>",
  ],
  [
    "an anchor between two sentences",
    "One ends. {#year-end} Two ends. {#if} Three.",
    "One ends. Two ends. {#if} Three.",
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
    "code in one",
    "!!! note\n    ```bash\n    rm x\n    ```\n\ny",
    "**Note**  \n```bash\nrm x\n```\n\ny",
  ],
  [
    "tabs, cards, images and files of MyST",
    "````{tab-set}\n```{tab-item} Linux\nrun\n```\n````\n\n:::{card} More\n:link: a\nx\n:::\n\n```{figure} a.png\n:alt: b\nWords\n```\n\n```{toctree}\n:maxdepth: 1\na\n```",
    "\n## Linux\nrun\n\n\n\n**More**  \n\nx\n\n\n![](<a.png>)\n\nWords\n\n\n```\n\na\n```",
  ],
  [
    "a pipe in the code of a cell",
    "| a | b |\n|---|---|\n| x | `p|q` |\n| `` ` `` | ```F(`a|b`)``` |\n| y | keep | drop |\n| z | w | |\n\np | q | r",
    "| a | b |\n|---|---|\n| x | `p\\|q` |\n| `` ` `` | ```F(`a\\|b`)``` |\n| y | keep | drop |\n| z | w | |\n\np | q | r",
  ],
  [
    "a shortcode around words whose label is no word of theirs, over two lines",
    'The {{<hover label="spec" line="4">}}name{{</hover>}} and {{<hover\nlabel="spec" line="5">}}kind{{</hover>}} of it.',
    "The name and kind of it.\n",
  ],
  ["an icon with attributes", "- :an-icon:{ .lg .middle } Set up", "- :an-icon: Set up"],
  [
    "a block's sign of Logseq in code",
    "- #+BEGIN_NOTE\n  x\n  #+END_NOTE\n- Type `#+BEGIN_SRC lang` to begin",
    "- **Note**  \n  x\n\n- Type `#+BEGIN_SRC lang` to begin",
  ],
  ["a tab of MkDocs", '## A\n\n=== "Linux"\n\n    run\n', "## A\n\n### Linux\n\nrun\n"],
  [
    "a directive of Docusaurus",
    ":::warning Careful\n\nText\n\n:::",
    "**Warning: Careful**  \n\nText\n\n",
  ],
  ["its title in brackets", ":::note[Read this]\nx\n:::", "**Note: Read this**  \nx\n"],
  [
    "tabs in JSX",
    '<Tabs>\n<TabItem value="a" label="Apple">\n\nx\n\n</TabItem>\n</Tabs>',
    "\n## Apple\n\nx\n\n\n",
  ],
  ["imports of MDX", "import Tabs from '@theme/Tabs';\n\ntext", "\n\ntext"],
  ["imports with a blank before their end", "import Tabs from '@theme/Tabs' ;\n\ntext", "\n\ntext"],
  ["looks of Wiki.js", "> Mind `it`.{.is-info}\n\n# A {.tabset}", "> Mind `it`.\n\n# A"],
  ["an anchor behind code", "## `a` b {#c}\n## `a` {: #d .e}", "## `a` b {#c}\n## `a` {#d}"],
  [
    "imports that a step names, which are its words",
    "- Write:\n\n  import Tabs from 'tabs';\n",
    "- Write:\n\n  import Tabs from 'tabs';\n",
  ],
  [
    "imports and computed values of MDX over several lines",
    "import {\n  A,\n} from '@a/b';\nexport const rows = [\n  { a: 1 },\n];\n\ntext",
    "\n\n\n\n\n\n\ntext",
  ],
  [
    "HTML with computed attributes",
    "See <a href={url() + '/x'}>it</a> and <img src={\"a.png\"} style={{ width: 1 }} />.",
    'See <a>it</a> and <img src="a.png"/>.',
  ],
  [
    "text in components, however far it is indented",
    '<Steps>\n    <Step title="One">\n        Stop it.\n\n        ```bash\n        a\n          b\n        ```\n    </Step>\n</Steps>\n\nx',
    "\n**One**  \nStop it.\n\n```bash\na\n  b\n```\n\n\n\nx",
  ],
  [
    "text in a component whose tag takes several lines",
    '<Card\n  title="A"\n>\n    One.\n\n    Two.\n</Card>',
    "**A**  \n\n\nOne.\n\nTwo.\n",
  ],
  [
    "HTML that computes in the lines below its name",
    '<img\n  src="a.png"\n  style={{\n    width: 1,\n  }}\n/>\nx',
    '<img src="a.png" />\n\n\n\n\n\nx',
  ],
  [
    "a text that MDX computes within words",
    `import A from "a";\n\nIn <code>{\`/opt/\${version()}/x\`}</code>.`,
    `\n\nIn <code>\`/opt/\${version()}/x\`</code>.`,
  ],
  [
    "HTML as a text, of ReadMe",
    "<HTMLBlock>{`<p>One</p>\n\n<p>Two</p>\n`}</HTMLBlock>\nx",
    "<p>One</p>\n\n<p>Two</p>\n\nx",
  ],
  [
    "code that shows what is computed, beside what is",
    "`<a href={x}>{' '}` and <a href={`/b`}>it</a>.",
    "`<a href={x}>{' '}` and <a href=\"/b\">it</a>.",
  ],
  [
    "options of a table, by their names and types",
    "<Table\n  type={{\n    onError: {\n      description: 'Called upon errors',\n      type: 'string | null',\n    },\n    id: { type: 'number', description: '' },\n  }}\n/>",
    "\n\n- `onError` (`string | null`): Called upon errors\n\n\n\n- `id` (`number`)\n\n",
  ],
  [
    "a component named like HTML, and one with words that have no value",
    "<Choice>\n  <Option isRight>\n  `a` is one\n  </Option>\n</Choice>",
    "\n\n`a` is one\n\n",
  ],
  [
    "icons beside each other",
    '| a |\n|---|\n| <span><Icon label="It is safe" /></span><span><Icon label="It is new" /></span> |',
    "| a |\n|---|\n| <span> It is safe </span><span> It is new </span> |",
  ],
  [
    "a table without delimiters, with few or odd ones, one that goes on and an empty first cell, as kramdown draws them",
    "x\n\n| a | b |\n| c | d |\n\na | b | c\n:-- | --\n1 | 2 | 3\n\na | b\n-- | : --\n1 | 2\n\na | b | c\n--|--|--\n    | 2 | 3\n\n4 | 5 | 6\n\n- y\n\n| a | b |\n| c | d |\n\n| p\n| q",
    "x\n| a | b |\n| --- | --- |\n| c | d |\n\na | b | c\n| --- | --- | --- |\n1 | 2 | 3\n\na | b\n| --- | --- |\n1 | 2\n\na | b | c\n--|--|--\n| | 2 | 3\n4 | 5 | 6\n\n\n- y\n\n| a | b |\n| c | d |\n\n| p\n| q",
  ],
  [
    "a remark of Liquid before its words",
    "{% assign a = 1 %}\n{{site.data.alerts.callout_info}}x {{ b.c }}.{{site.data.alerts.end}}",
    "\n**Info:** x `c`.",
  ],
  [
    "code of an item that is indented by tabs, and some of it at the left",
    "1. A\n\n    ~~~\n\tb\n    ~~~\n\n    ~~~\n    c\nd\n    ~~~\n\n{% x %}",
    "1. A\n\n    ~~~\n\tb\n    ~~~\n\n    ~~~\n    c\n    d\n    ~~~\n\n",
  ],
  [
    "a fence of MDX that ends further in",
    "import a from 'b'\n\n- x\n  ```js\n  run()\n          ```\n\nAfter.",
    "\n\n- x\n  ```js\n  run()\n  ```\n\nAfter.",
  ],
  [
    "a directive whose text goes on behind its title and whose end stands behind its last sentence",
    ":::warning[Mind] It deletes\nall of it. :::\n\nx",
    "**Warning: Mind:** It deletes\nall of it.\n\nx",
  ],
  ["a directive in a quote", "> :::note\n> x\n> :::", "> **Note**  \n> x\n>"],
  [
    "languages within code, and code that shows attributes",
    "`f()`, `f(){:js}`, `## x{:.no_toc}`, `{:js}` {:.a}",
    "`f()`, `f()`, `## x{:.no_toc}`, `{:js}` ",
  ],
  [
    "a text of JSX with what is filled in and a component's name",
    "<Card title='The <Inbox /> here' note={'It is of {{ date }}'} />",
    "The `<Inbox />` here: It is of `{{ date }}`",
  ],
  [
    "an element of a site's own whose attribute has several lines",
    "<type-table rows='\nid: string\n\n```ts\n' />\n\nx",
    '<type-table is="" />\n- `id: string`\n\n- `` ```ts ``\n\n\nx',
  ],
  [
    "a directive in a list, whose text begins with a word and a colon",
    "1. a\n\n    ::: tip Mind\n    Optional: take more\n    :::",
    "1. a\n\n    **Tip: Mind**  \n    Optional: take more\n",
  ],
  [
    "code of MyST that is indented",
    "```{code-block} yaml\n:linenos:\n    name: x\n```",
    "```yaml\n\n    name: x\n```",
  ],
  [
    "remarks as elements",
    '<warning title="Mind">\n  It deletes.\n</warning>\n\n<note>x</note> and <tip>',
    "**Warning: Mind**  \n  It deletes.\n\n\nx and <tip>",
  ],
  [
    "code that goes on in the next line, beside other code",
    "{{< a >}}\n- It is `<span\n  class='x'>` and `<Note>…</Note>`\n  or `a\n  b`, `{{ .x }}`",
    "\n- It is `<span class='x'>`\n  and `<Note>…</Note>`\n  or `a b`,\n  `{{ .x }}`",
  ],
  [
    "options of a table that are called like handlers",
    "<Table\n  type={{\n    onError: {\n      description: 'Called upon errors',\n    },\n  }}\n/>",
    "\n\n\n- Called upon errors\n\n\n",
  ],
  [
    "a picture's caption beside its other words",
    '<Image src="a.png" alt="A" border={true} caption="Where it is" />',
    "![A](a.png) Where it is",
  ],
  [
    "an include of Fumadocs",
    "> <include cwd>a/b.mdx</include>\n\n<include meta='title=\"c.ts\"'>\n  ../c.ts\n</include>",
    "> Included file: a/b.mdx\n\n**c.ts**  \n  ../c.ts\n",
  ],
  [
    "code that a component computes",
    'import A from "a";\n\n<A text={() => (\n  <CodeBlock>{`\n<a>1</a>\n`}</CodeBlock>\n)}\n/>',
    "\n\n\n\n- `<a>1</a>`\n\n\n",
  ],
  [
    "code of several lines that a component is given",
    'import A from "a";\n\n- b\n\n  <A\n    code={`a\n  b`}\n    language="sh"\n  />\n\n<A\n  code={"c:\\n  d"} />\n\ne',
    '\n\n- b\n\n\n  <pre><code class="language-sh">a&#10;  b</code></pre>\n\n\n\n\n\n<pre><code>c&#58;&#10;  d</code></pre>\n\ne',
  ],
  [
    "a text that a component is given as Markdown and as HTML",
    '<A b={{"title":"T","body":"x","bodyHTML":"<p title=\\"&quot;\\">x</p>\\n<pre>c\\nd</pre>"}} />',
    'T: <p title="&quot;">x</p>&#10;<pre>c&#10;d</pre>',
  ],
  [
    "code of several texts that a component is given",
    'import A from "a";\n\n<A\n  title={"b" + " c"}\n  code={\'d\\n\' +\n    \'e\'}\n/>',
    "\n\nb c\n\n<pre><code>d&#10;e</code></pre>\n\n",
  ],
  ["a place in a file that a component takes code from", '<A startAt="export default" />', ""],
  ["values in titles", "## To {{var.release}}\n{{ 'a {}'.format(b) }}", "## To `release`\na {}"],
  ["a value in another script", "{{ это }}", "`{{ это }}`"],
  ["colons right behind a sentence", ":::tip\nOne.:::", "**Tip**  \nOne."],
  [
    "an example of Logseq that shows a fence",
    "- a\n  #+BEGIN_EXAMPLE\n  ```sh\n  b\n  ```\n  #+END_EXAMPLE",
    "- a\n  `````\n  ```sh\n  b\n  ```\n  `````",
  ],
  [
    "items of an outline below a heading that follows a list",
    "- a\n\t- b\n## C\n\t- d\n\t- e",
    "- a\n\t- b\n## C\n- d\n- e",
  ],
  ["a frame that JSX ends in its tag", 'a <iframe src="b" /> c', 'a <iframe src="b"></iframe> c'],
  [
    "extensions of DocFX among words",
    'A _:::no-loc text="a.cs":::_ :::image source="b.png" alt-text="C"::: d',
    "A _a.cs_ ![C](b.png) d",
  ],
  [
    "a reference of DocFX to a type",
    '`<xref href="x"/>` is <xref href="A.B`1?alt=B" />.',
    '`<xref href="x"/>` is `B`.',
  ],
  ["a heading with an anchor in an item", "- a\n\n  ### B {#b}", "- a\n\n  ### B"],
  ["links of a wiki side by side", "[[a|b]][[c]]", "[b](a.md)[c](c.md)"],
  [
    "code that shows a fence",
    "<pre><code>```sh\na\n```</code></pre>\n\n> [!note]\n> b",
    "<pre><code>&#96;&#96;&#96;sh\na\n&#96;&#96;&#96;</code></pre>\n\n> **Note**  \n> b",
  ],
  [
    "a text of more lines than it is written in",
    'import A from "a";\n\n<A b={["One two&#10;x", <i>Three four&#10;y&#10;z</i>]}\n/>\n\nc',
    "\n\nOne two&#10;x; Three four\n- y; z\n\nc",
  ],
  [
    "a style that JSX ends in its tag",
    'import A from "a";\n\n<style dangerouslySetInnerHTML={{__html: `\n  .a {}\n`}} />\n\na <script src="a.js" /> b <pre />',
    '\n\n<style></style>\n\n\n\na <script src="a.js"></script> b ',
  ],
  [
    "lines of tags right above a heading",
    '<div class="a">\n  <section>\n## Name {#name}\n  </section>\n</div>',
    '<!----><div class="a">\n  <!----><section>\n## Name {#name}\n</section>\n</div>',
  ],
  [
    "a line of tags right above Markdown",
    "<figure>\n![A](a.png)\n</figure>\n<br/>\n```ini\na = 1\n```",
    "<!----><figure>\n![A](a.png)\n<!----></figure>\n<!----><br/>\n```ini\na = 1\n```",
  ],
  [
    "what is indented with the tags around it",
    "<table>\n  <tr>\n    <td>\n      ```sh\n      rm x\n      ```\n    </td>\n  </tr>\n</table>",
    "<!----><table>\n<!----><tr>\n<!----><td>\n  ```sh\n  rm x\n  ```\n</td>\n</tr>\n</table>",
  ],
  [
    "rows and cells below empty lines, however far they are indented",
    "<table>\n    <tr>\n        <td>\n\n`key`\n        </td>\n        <td>\nwords\n        </td>\n    </tr>\n</table>",
    "<table>\n<tr>\n<td>\n\n`key`\n</td>\n<td>\nwords\n</td>\n</tr>\n</table>",
  ],
  [
    "code in a block of HTML that no empty line ends",
    "<td>\n  words\n</td>\n```ini\na = <b>\n\n  c & d\n```\n<p>x</p>",
    "<td>\n  words\n<!----></td>\n<pre>\na = &lt;b>\n<!---->\n  c &amp; d\n</pre>\n<p>x</p>",
  ],
  [
    "HTML that computes an attribute and goes over lines",
    '<a style={{ margin: "1px" }}\n   href="../next">\n  Go on\n</a>',
    '<a href="../next">\n\n  Go on\n</a>',
  ],
  ["a selector of series, which is no attribute", '{job="kafka"}', '{job="kafka"}'],
  ["attributes of a picture", "![A](a.png)\n{width=300 loading=lazy}", "![A](a.png)\n"],
  [
    "cards of Starlight",
    '<CardGrid>\n  <LinkCard\n    href="/a"\n    title="Apples"\n    description="How they grow."\n  />\n</CardGrid>',
    "\n[Apples](/a): How they grow.\n\n\n\n\n",
  ],
  ["a file that mdBook includes", "{{#include ../a.md:2:9}}", "Included file: ../a.md:2:9"],
  [
    "tags of GitBook",
    '{% embed url="https://e.example/v" %}\n{% file src="a.pdf" caption="The plan" %}\n{% hint style="danger" %}\nx\n{% endhint %}\n{% @a/block url="https://e.example/c" %}',
    "<https://e.example/v>\n[The plan](a.pdf)\n**Danger**  \nx\n\n<https://e.example/c>",
  ],
  [
    "code that a tag of GitBook dresses up",
    '{% code title="run.sh" %}\n```sh\nrm {% x %}\n```\n{% endcode %}\nafter',
    "**run.sh**  \n```sh\nrm {% x %}\n```\n\nafter",
  ],
  [
    "code right behind the mark of a list",
    '- ```sh\n  a {{< b >}}\n  ```\n- {{< ref "c.md" >}}\n\n1. ~~~\n   {{< d >}}\n   ~~~\n\n[[E]]',
    "- ```sh\n  a {{< b >}}\n  ```\n- c.md\n\n1. ~~~\n   {{< d >}}\n   ~~~\n\n[E](E.md)",
  ],
  [
    "emphasis in HTML among words",
    "words\n<em>more</em>\n**and** more\n<div>",
    "words\n<em>more</em>\n**and** more\n<div>",
  ],
  [
    "links that Jekyll computes",
    '[A]({% link {{site.v}}/a.md %}#x) ![B]({{ "/b.png" | relative_url }}) [C]({{ site.baseurl }}/c)',
    "[A](a.md#x) ![B](/b.png) [C](c)",
  ],
  [
    "a remark of Jekyll's documentation theme",
    "{{site.data.alerts.callout_danger}}\nIt deletes.\n{{site.data.alerts.end}}\n{{site.data.alerts.note}} Short. {{site.data.alerts.end}}",
    "**Danger**  \nIt deletes.\n\n**Note:** Short.",
  ],
  [
    "an exclamation that is no admonition",
    "!!! WARNING! never tried !!!",
    "**Warning! never tried**",
  ],
  [
    "an admonition's title without quotes",
    "!!! warning never tried\n    x",
    "**Warning: never tried**  \nx",
  ],
  ["a macro's call", '{{ feature_table(since="1.2") }}\ntext', "\ntext"],
  [
    "attributes at the end of a line and behind a link",
    "- a step {#step-1}\n[x](y){ .button }\nget {.items}",
    "- a step\n[x](y)\nget {.items}",
  ],
  ["an alert of GitHub", "> [!CAUTION]\n> Deletes.", "> **Caution**  \n> Deletes."],
  ["a link in a callout's title", "> [!note] [[#My part]]", "> **Note: [My part](#my-part)**  "],
  ["a callout of Obsidian", "> [!note]- Title\n> x", "> **Note: Title**  \n> x"],
  [
    "a link of a wiki",
    "See [[Page|the page]] and [[Other]], [[C#]].",
    "See [the page](Page.md) and [Other](Other.md), [C#](C.md).",
  ],
  [
    "one to a heading, and one within a table",
    "[[Big Page#Sub part]], [[#Own|here]]\n| [[Page\\|label]] |",
    "[Big Page > Sub part](<Big Page.md#sub-part>), [here](#own)\n| [label](Page.md) |",
  ],
  ["an image of Obsidian", "![[pic.png|200]] ![[a.png|A]]", "![pic.png](pic.png) ![A](a.png)"],
  [
    "a shortcode over several lines",
    '{{< figure\n  src="a.png"\n  alt="A"\n>}}\nx',
    "![A](a.png)\n\n\n\nx",
  ],
  [
    "a component over several lines",
    '<Card\n  title="Set up"\n  onClick={() => open({ a: 1 })}\n  href="/setup"\n>\nx\n</Card>',
    "**[Set up](/setup)**  \n\n\n\n\nx\n",
  ],
  [
    "a component with an expression",
    '<Card title={"One"} style={{ a: "b > c" }} href="/one" />',
    "[One](/one)",
  ],
  [
    "what a component says in attributes of its own",
    '<Probe title="Disk" path="a.sh" successMessage="All is well." code="df -h" />',
    "Disk: All is well.: `df -h`",
  ],
  [
    "rows that a component is given, and no handler",
    '<Grid rows={[\n  ["Full", "free space"],\n  ["Slow", "wait"],\n]} onClick={() => say("not for readers")} />\nx',
    "\n- Full; free space\n- Slow; wait\n\nx",
  ],
  [
    "objects and elements that a component is given",
    '<Faq\n  style={{ border: "1px solid red" }}\n  entries={[\n    { q: "Is it slow?", a: "Yes, it is." },\n  ]}\n  footer={<p>More <b>below</b>.</p>}\n/>',
    "**Faq**  \n\n\n- Is it slow?: Yes, it is.\n\n- More below .\n",
  ],
  [
    "the text of a tooltip",
    'An <Hint tip="Application interface">API</Hint> here.',
    "An API (Application interface) here.",
  ],
  [
    "a parameter",
    '<ParamField path="topic" type="string" required>\nIts name.\n</ParamField>',
    "**`topic` (string, required)**  \nIts name.\n",
  ],
  [
    "a component without attributes, since the page ends it",
    "<Other>\nx\n</Other>\nThe <Topic> of `<Other>`.",
    "\nx\n\nThe <Topic> of `<Other>`.",
  ],
  ["the language within code", "Set `a: 1{:js}`.", "Set `a: 1`."],
  ["a comment that holds code", "a {/* `b` */} c", "a  c"],
  [
    "a remark and a heading of ReadMe",
    '[block:callout]\n{\n  "type": "danger",\n  "title": "Mind",\n  "body": "It *deletes*."\n}\n[/block]\n[block:api-header]\n{ "title": "Next" }\n[/block]',
    "**Danger: Mind**  \nIt *deletes*.\n\n\n\n\n\n## Next\n\n",
  ],
  [
    "a table of ReadMe",
    '[block:parameters]\n{ "data": { "h-0": "Key", "h-1": "Use", "1-0": "b", "0-0": "a", "0-1": "`x`\\ny" } }\n[/block]',
    "<table><tr><th>Key</th><th>Use</th></tr><tr><td>a</td><td>`x`<br>y</td></tr><tr><td>b</td></tr></table>\n\n",
  ],
  [
    "a block of ReadMe that is none",
    "[block:callout]\n{ broken\n[/block]\n```\n[block:image]\n```",
    "[block:callout]\n{ broken\n[/block]\n```\n[block:image]\n```",
  ],
  [
    "a query of Logseq that nothing ends",
    "a\n#+BEGIN_QUERY\nb\n#+BEGIN_TIP\nc\n#+END_TIP",
    "a\n#+BEGIN_QUERY\nb\n**Tip**  \nc\n",
  ],
  [
    "what Logseq adds",
    "- A block\n  id:: 1\n  owner:: me\n  #+BEGIN_SRC sh\n  df -h {{query x}}\n  #+END_SRC\n- {{video https://v.example/1}} {{query [[x]]}}\n  #+BEGIN_QUERY\n  {:a 1}\n  #+END_QUERY\n  #+BEGIN_TIP\n  y\n  #+END_TIP",
    "- A block\n  \n  owner:: me\n  ```sh\n  df -h {{query x}}\n  ```\n- <https://v.example/1> \n  \n\n\n  **Tip**  \n  y\n",
  ],
  [
    "the branches of a condition on one line",
    "{% if a %}one{% elsif b %}two{% else %}three{% endif %} end{% if c %}.{% endif %}",
    "one two three end.",
  ],
  [
    "what an include of Jekyll is given",
    '{% include note.html content="Mind the `disk`." %}\n{% include a.html id="x" %}',
    "Mind the `disk`.\nIncluded file: a.html",
  ],
  [
    "a file's name with spaces",
    '[A](../a b/c d.md#e) ![x](an image.png) `[B](b c.md)` [no](words in brackets.) [t](t.md "A b.c")',
    '[A](<../a b/c d.md#e>) ![x](<an image.png>) `[B](b c.md)` [no](words in brackets.) [t](t.md "A b.c")',
  ],
  ["a comment of Go's templates", "a {{- /* hidden */ -}} b", "a  b"],
  [
    "a tab of PingCAP",
    '<SimpleTab>\n<div label="Linux">\n\nx\n\n</div>\n</SimpleTab>',
    "\n## Linux\n\nx\n\n</div>\n",
  ],
  [
    "what MDX computes between paragraphs",
    'import A from "a";\n\n{show && <Note>Mind it.</Note>}\n\n{rows.map((row) => (\n  <li key="a b">{row} is down</li>\n))}\n\n{compute(1)}\nx',
    "\n\n- Mind it.\n\n\n- is down\n\n\n\nx",
  ],
  [
    "what MDX exports, where its name stands",
    'export const meta = { version: "3.2 of June" };\nexport const rows = [\n  { name: "Disk", text: "Free it" },\n];\n\nIt is {meta.version}, not `{meta.version}`.\n\n<ul>{rows.map((row) => <li>{row.name}</li>)}</ul>\n\n<Table items={rows} />',
    "\n\n\n\n\nIt is 3.2 of June, not `{meta.version}`.\n\n- Disk: Free it\n\nDisk: Free it",
  ],
  [
    "what MDX exports in code, and what no name asks for",
    'export const unused = ["not shown here"];\n\n```\nexport const a = "in code";\n```\n\n{a} {b}',
    '\n\n```\nexport const a = "in code";\n```\n\n{a} {b}',
  ],
  [
    "a component that MDX makes",
    "export const Box = () => {\n  return <div>Mind the gap</div>;\n};\n\n<Box />",
    "\n\n\n\nMind the gap",
  ],
  [
    "tabs of Nextra, named where they begin",
    "# A\n<Tabs items={['Linux', 'macOS', 'BSD']}>\n<Tabs.Tab>\nx\n</Tabs.Tab>\n<Tabs.Tab>\ny\n</Tabs.Tab>\n</Tabs>",
    "# A\n**BSD**  \n## Linux\nx\n\n## macOS\ny\n\n",
  ],
  [
    "tabs of Docusaurus, named by their values",
    "<Tabs values={[{ label: 'Apple pie', value: 'a' }, { label: 'Pear', value: 'p' }]}>\n<TabItem value=\"p\">\nx\n</TabItem>\n<TabItem value=\"a\">\ny\n</TabItem>\n</Tabs>",
    "\n## Pear\nx\n\n## Apple pie\ny\n\n",
  ],
  [
    "a component that computes, within a line",
    "| <Code tabs={[{ a: 1 }]} /> | `<A b={1} />` | x <Tip text={`Mind it`} /> |",
    "|  | `<A b={1} />` | x Mind it |",
  ],
  [
    "a fence in code that shows one",
    "```\n!!! note\n\n    ``` sh\n    a\n    ```\n\n!!! tip\n```\n!!! tip\n    b",
    "```\n!!! note\n\n    ``` sh\n    a\n    ```\n\n!!! tip\n```\n**Tip**  \nb",
  ],
  [
    "a field that has a type alone",
    '<ResponseField name="" type="-f, --follow">\nx\n</ResponseField>',
    "**`-f, --follow`**  \nx\n",
  ],
  ["a card on one line", '<Card title="More" href="/x">Read it</Card>', "**[More](/x):** Read it"],
  [
    "words that a component takes as a value",
    '<Term value="Laser Printer" index={0} />',
    "Laser Printer",
  ],
  [
    "what PlatyPS asks its author",
    "{{ Fill in the Synopsis }}\n{{Fill PassThru Description}}",
    "\n",
  ],
  [
    "what templates of Go do and do not show",
    "{{ if .tls -}} On. {{- else -}} Off. {{- end }}\n{{- range site.Data.x }}\n{{ end }}\nFrom {{ start }} to {{ end }}, {{ if you like }}, `{{ if .x }}`, {{ .name }}",
    " On.   Off.  \n\n \nFrom `{{ start }}` to `{{ end }}`, `{{ if you like }}`, `{{ if .x }}`, {{ .name }}",
  ],
  [
    "values that a site fills in",
    'Ruby {{ site.data.ruby.least_version }} or {{page.tags["new"] | upcase}}, © {{ "now" | date: "%Y" }}, [{{{ .cloud }}}](a.md), `{{ site.b }}`, {{ctx.name}}',
    "Ruby `least_version` or `new`, © now, [`cloud`](a.md), `{{ site.b }}`, `{{ctx.name}}`",
  ],
  [
    "code that Hugo shows in several languages",
    "{{< code-toggle file=hugo >}}\nb = [['[', '{{ . }}']]\n{{< /code-toggle >}}",
    "```\nb = [['[', '{{ . }}']]\n```",
  ],
  [
    "a figure with a caption of its own",
    '{{< figure src="a.png" alt="A graph" caption="Lag by day" title="A graph" >}}',
    "![A graph](a.png) Lag by day",
  ],
  [
    "an address without quotes",
    "See <a href=https://a.example/b?c=1>it</a> and <img src=d/e.png />.",
    'See <a href="https://a.example/b?c=1">it</a> and <img src="d/e.png" />.',
  ],
  [
    "a tag within an item of a list",
    "1. Run:\n\n    {% include copy.html %}\n    ~~~ sh\n    ls\n    ~~~\n\n{% include a.md %}",
    "1. Run:\n\n    Included file: copy.html\n    ~~~ sh\n    ls\n    ~~~\n\nIncluded file: a.md",
  ],
  [
    "a value that the page sets itself",
    "{% assign release = site.newest %}\nTake {{ release }}, [here]({{ release }}.md), `{{ release }}` and {% raw %}{{ other }}{% endraw %}.",
    "\nTake `release`, [here](.md), `{{ release }}` and `{{ other }}`.",
  ],
  [
    "names that a site or a reader fills in, also in an address and in an item",
    '# Set {{ kind|title }} of {{ it }}\n\nTake "https://{{host}}/v1?id={{ID OF IT}}", >={{least}}.\n\n1. a\n\n    {{ b }}\n\nx\n\n    {{ c }}',
    '# Set `kind` of `it`\n\nTake "`https://{{host}}/v1?id={{ID OF IT}}`", >=`{{least}}`.\n\n1. a\n\n    `{{ b }}`\n\nx\n\n    {{ c }}',
  ],
  [
    "a table whose head and delimiters differ in cells, and lines that are none",
    "| a | b |\n|---|---|---|\n| c | d | e |\n\n| f | g |\n|---|\n| h | i |\n\na | b\n---|---|---\n\n| a | b |\n|---|",
    "| a | b | |\n|---|---|---|\n| c | d | e |\n\n| f | g |\n|---| --- |\n| h | i |\n\na | b\n---|---|---\n\n| a | b |\n|---|",
  ],
  [
    "tabs and files of mdBook, and blocks of Handlebars",
    '## A\n{{#title T}}\n{{#tabs name:"x" tabs:"Linux"}}\n{{#tab Linux}}\nrun\n{{#/tab }}\n{{#/tabs }}\n{{#embed-github repo:"a/b" path:"c.md" }}\n{{#if y}}On{{/if}} in {{#quiz ../q.toml}}',
    "## A\n\n\n### Linux\nrun\n\n\nIncluded file: a/b/c.md\nOn in Included file: ../q.toml",
  ],
  [
    "roles of MyST, and words with attributes",
    "See {ref}`that <its-place>`, {doc}`../a`, {term}`Pod`, H{sub}`2`O, {py:class}`My <b.My>`, :ref:`more <c>`, :smile:`d`, a [span `e`]{.f #g}, ![h](i.png){.j w=1px} and ={x}`y`.",
    "See [that](#its-place), [../a](<../a.md>), Pod, H<sub>2</sub>O, `My`, [more](#c), :smile:`d`, a span `e`, ![h](i.png) and ={x}`y`.",
  ],
  [
    "names of places, remarks, breaks and attributes of MyST",
    '(its-place)=\n# A\n% nobody reads this\n+++ {"b": 1}\n{.c w=1px}\nd\n> {.e}\n> f\n\n50\n% of it',
    '<!----><a id="its-place"></a>\n# A\n\n\n\nd\n>\n> f\n\n50\n',
  ],
  ["a page without signs of MyST", "50\n% of it\n+++", "50\n% of it\n+++"],
  [
    "options of MyST as YAML, and directives that it does not know",
    "```{code-block} python\n---\nlineno: 1\n---\nx = 1\n```\n\n```{py:function} send(a, *b)\nSends.\n```\n\n```{button-ref} page\n:color: red\nGo\n```\n\n:::{margin} Words\nof it\n:::",
    "```python\n\n\n\nx = 1\n```\n\n**`send(a, *b)`**  \nSends.\n\n\n**page**  \n\nGo\n\n\nWords\nof it\n",
  ],
  [
    "names within items that tabs indent, and macros of Logseq",
    "- a\n\t- {{ b }} hides {{cloze the answer}}\n\t- {{youtube-timestamp 12}} here, {{{youtube a1-b2_c3}}}",
    "- a\n\t- `{{ b }}` hides the answer\n\t- 12 here, <https://youtu.be/a1-b2_c3>",
  ],
  [
    "items that tabs indent right below a heading",
    "# A\n\t- b\n\t\t- c\n# D\n\te",
    "# A\n- b\n    - c\n# D\n\te",
  ],
  ["an alert that is no quote", "[!WARNING]\nx", "**Warning**  \nx"],
  [
    "links of Obsidian to what is code, and before brackets",
    "[[A#`move()`|mv]], [[A|`b`]](or `c`) and [[d]](d.md)",
    "[mv](A.md#move), [`b`](A.md)(or `c`) and [[d]](d.md)",
  ],
  [
    "what Liquid takes from the data of a site, and a value over two lines",
    '{% for item in site.data.keys %}\n### {{ item.name }}\n{{item.kind | upcase}}{{ item.use }}: <a href="/x/{{ item.id }}" {{ more }}>{{ item.note | replace:\n  "a", "b" }}</a>{% if item.unit %}, in {{ item.unit }}{% endif %}\n{% endfor %}',
    '\n### `name`\n`kind` `use`: <a href="/x/" >`note`</a>, in `unit`\n\n',
  ],
  [
    "code that a page captures for an include",
    "{% capture ask %}\nGET /{% raw %}{{ name }}{% endraw %}\n{% endcapture %}\n{% include code-block.html\n  curl=ask %}\n{% capture words %}\n*x*\n{% endcapture %}",
    "```curl\nGET /{{ name }}\n```\n\n\n\n*x*\n",
  ],
  [
    "tabs whose beginning stands behind the end of others",
    '{{< panes text=true >}} {{% tab header="With `a`" %}}\nx\n{{% /tab %}} {{% tab "B" %}}\ny\n{{% /tab %}} {{< /panes >}}\n{{< panes text=true >}}',
    "## With `a`\nx\n## B\ny\n \n",
  ],
  [
    "classes of a heading, and of words",
    "## `A` step {.keep lang=en}\n### B {.keep #its-id}\n[`c` d]{.title-ref} of [e]{.f}",
    "## `A` step\n### B {#its-id}\n`c` d of e",
  ],
  [
    "fences that their item or quote leaves open, and one that ends before a tag",
    '1. A\n   ```sh\n   a\n\n2. B {{< ref "c.md" >}}\n\n> ```\n> d\n\n{{< ref "e.md" >}}\n\n```\nf\n```{% endraw %}\n{{< ref "g.md" >}}',
    "1. A\n   ```sh\n   a\n   ```\n2. B c.md\n\n> ```\n> d\n> ```\ne.md\n\n```\nf\n```\ng.md",
  ],
  [
    "code at the left of its item",
    "1. A\n\n    ```\n- b: 1\n  c: 2\n    ```\nd",
    "1. A\n\n    ```\n    - b: 1\n      c: 2\n    ```\nd",
  ],
  [
    "code below a tag in an item",
    '1. <p id="a">A</p>\n   ```sh\n   b <c>\n\n   d\n   ```\n',
    '1. <p id="a">A</p>\n   <pre>\n   b &lt;c>\n   <!---->\n   d\n   </pre>\n',
  ],
  [
    "an address whose sign of a part is a reference",
    "See https://a.example/b/&#35;c.",
    "See https://a.example/b/#c.",
  ],
  [
    "an address with a name to be filled in",
    "Type https://a.example/&lt;name&gt;/b.",
    "Type <https://a.example/>&lt;name&gt;/b.",
  ],
  [
    "a drawing whose first tag goes over lines",
    '<svg a="1"\n  b="2">\n\n<g></g>\n</svg>',
    '<svg a="1" b="2">\n<!---->\n<!---->\n<g></g>\n</svg>',
  ],
  [
    "a computed address over two lines",
    "See [it]({{ site.home\n}}/a/1) and\nmore.",
    "See [it](a/1)\nand\nmore.",
  ],
  ["a parameter of Hugo's", "etcd {{< param git_tag >}} is out", "etcd `git_tag` is out"],
  [
    "an include below a folder that is computed",
    "{% include {{ page.version.name }}/sql/note.md %}",
    "Included file: sql/note.md",
  ],
  [
    "code that Liquid was told to leave alone",
    "`{% raw %}{{ layout }}{% endraw %}`, `[A]({{ site.b }}/c)` and `{% raw %}`",
    "`{{ layout }}`, `[A]({{ site.b }}/c)` and `{% raw %}`",
  ],
  [
    "actions of a template in indented code",
    "Set:\n\n    {{- if .body }}\n    {{ .body }}\n    {{- end }}",
    "Set:\n\n    {{- if .body }}\n    {{ .body }}\n    {{- end }}",
  ],
  [
    "a type of .NET",
    "List[[System.String, mscorlib, Version=4.0.0.0]]",
    "List[[System.String, mscorlib, Version=4.0.0.0]]",
  ],
  [
    "a shortcode of Hugo",
    '{{< notice warning "Mind" >}}\nx\n{{< /notice >}}',
    "**Warning: Mind**  \nx\n",
  ],
  [
    "its other form",
    '{{% alert color="danger" title="T" %}}\nx\n{{% /alert %}}',
    "**Danger: T**  \nx\n",
  ],
  ["a reference of Hugo", 'See {{< ref "a/b.md" >}}.', "See a/b.md."],
  [
    "code by a tag of Jekyll",
    "{% highlight bash %}\nrm {% x %}\n{% endhighlight %}\nz",
    "```bash\nrm {% x %}\n```\nz",
  ],
  [
    "code by a shortcode of Hugo",
    '{{< highlight bash "linenos=table" >}}\ndf -h\n{{< /highlight >}}\n\nafter',
    "```bash\ndf -h\n```\n\nafter",
  ],
  [
    "code by tags that holds fences and tags",
    "{% highlight markdown linenos %}\n{% raw %}\n<div>\n\n**a** `b`\n\n</div>\n```sh\nc\n```\n{% endraw %}\n{% endhighlight %}\nd",
    "````markdown\n\n<div>\n\n**a** `b`\n\n</div>\n```sh\nc\n```\n\n````\nd",
  ],
  [
    "such a tag in code, and one that nobody ends",
    "```\n{% highlight sh %}\nx\n{% endhighlight %}\n```\n\n{% highlight sh %}\ny",
    "```\n{% highlight sh %}\nx\n{% endhighlight %}\n```\n\n\ny",
  ],
  [
    "code whose end stands behind its last line",
    "```\ndf -h```\n\na\n\n- b\n\n  ```sh\n  c ```\n\n- d\n\n```\ne\n```",
    "```\ndf -h\n```\na\n\n- b\n\n  ```sh\n  c\n  ```\n- d\n\n```\ne\n```",
  ],
  [
    "such an end within code that has its own",
    "```\nAnswer between ```\n\nand no more\n```\n\n```text\nx\n```",
    "```\nAnswer between ```\n\nand no more\n```\n\n```text\nx\n```",
  ],
  [
    "tabs of VuePress",
    "## A\n\n:::: tabs#os\n\n@tab Linux\n\na\n\n@tab:active macOS#mac\n\nb\n\n::::",
    "## A\n\n\n\n### Linux\n\na\n\n### macOS\n\nb\n\n",
  ],
  ["a tag that is ended twice", "{% tabs %}\n\na\n\n{% endtabs %}%}\nb", "\n\na\n\n\nb"],
  [
    "code in a component",
    '<CodeBlock language="bash" title="x.sh">\n{`rm {x}`}\n</CodeBlock>\nafter',
    '```bash title="x.sh"\nrm {x}\n```\nafter',
  ],
  [
    "code in a component on one line",
    '<CodeBlock language="bash" title="x.sh">{X}</CodeBlock>',
    "**x.sh:** `{X}`",
  ],
  ["code by a tag that nobody ends", "{{< code >}}\nafter", "\nafter"],
  [
    "a tab on one line",
    '{{< tabs "uid" >}}\n{{< tab "Linux" >}} run `free` {{< /tab >}}\n{{< /tabs >}}',
    "\n**Linux:** run `free`\n",
  ],
  [
    "a tab of MDX on one line",
    '<TabItem value="a" label="Java">use `x`</TabItem>',
    "**Java:** use `x`",
  ],
  ["a remark on one line", "{{< alert icon='x' >}}Stop{{< /alert >}}", "**Alert:** Stop"],
  ["code on one line", "{% highlight sh %}rm x{% endhighlight %}", "`rm x`"],
  ["a component with a title", '<Step title="Check">\nx\n</Step>', "**Check**  \nx\n"],
  ["a card", '<Card title="More" href="/x" />', "[More](/x)"],
  ["a card within a line", 'See <Card title="More" href="/x" />.', "See [More](/x)."],
  ["an expression of MDX", "{`a.b --c=d`}", "{`a.b --c=d`}"],
  [
    "blocks of PyMdown",
    "/// tab | systemd\nx\n///\n/// admonition | Beware\n    type: warning\n\ny\n///",
    "## systemd\nx\n\n**Beware**  \n\n\ny\n",
  ],
  [
    "a directive of MyST with options",
    ":::{admonition} Mind\n:class: tip\nx\n:::",
    "**Mind**  \n\nx\n",
  ],
  ["one of MyST as a fence", "```{warning}\nUse `x`.\n```\ny", "**Warning**  \nUse `x`.\n\ny"],
  ["code of MyST", "```{code-block} bash\n:linenos:\nrm x\n```", "```bash\n\nrm x\n```"],
  ["a comment of Obsidian", "a %%hidden%% b\n%%\nhidden\n%%\nc", "a  b\n\n\n\nc"],
  ["a comment of Obsidian that holds code", "%% hidden\n```\n%%\n```\nhidden %%\nc", "\n\n\n\n\nc"],
  [
    "two signs of per cent that only a fence has again",
    "%% --size flags\n\n```go\n%%\nf()\n```",
    "%% --size flags\n\n```go\n%%\nf()\n```",
  ],
  ["a comment of Jekyll", "{% comment %}\nhidden\n{% endcomment %}\nx", "\n\n\nx"],
  ["a comment of MDX", "a {/* hidden\nhidden */} b", "a \nb"],
  ["a comment as a definition", "[//]: # (hidden)\nx", "\nx"],
  ["two signs of per cent that nobody ends", "%% 5\nx", "%% 5\nx"],
  ["a marked word and a mark of a block", "Is ==full== now. ^disk-1", "Is **full** now."],
  ["a quote of GitLab", ">>>\na\n\nb\n>>>\nc", "\n> a\n> \n> b\n\nc"],
  [
    "an image and an include of DocFX",
    ':::image type="content" source="x.png" alt-text="X":::\n[!INCLUDE [a](b.md)]',
    "![X](x.png)\nIncluded file: b.md",
  ],
  [
    "tabs of DocFX",
    "# [Linux](#tab/linux)\napt\n# [Windows](#tab/windows)\nchoco\n---\nx",
    "# Linux\napt\n# Windows\nchoco\n\nx",
  ],
  ["an include of GitLab", "::include{file=a.md}", "Included file: a.md"],
  ["a table of contents", "[[_TOC_]]\n\nx", "\n\nx"],
  ["an attribute list of kramdown", "## A\n{: #disk .x}\n\ntext", "## A {#disk}\n\n\ntext"],
];

for (const [habit, written, plain] of HABITS) {
  test(`${habit} is read`, () => {
    assert.equal(plainMarkdown(written), plain);
    assert.equal(plainMarkdown(written).split("\n").length, written.split("\n").length);
  });
}

test("beginnings that have no end are searched for it a limited number of times", () => {
  for (const beginning of ["<A b={\n", "export const x = {\n", "{[\n", "<a style={{\n", "{% a\n"]) {
    const text = `import a from 'b'\n\n${beginning.repeat(20_000)}`;
    assert.equal(plainMarkdown(text).split("\n").length, text.split("\n").length, beginning);
  }
});

test("a line of any length is read in one pass, whatever it begins or fills itself with", () => {
  const kinds = ["{{< a ", "{% x ", "\u2028", " ", "-", ">\n", "\n"];
  for (const kind of kinds) {
    const text = `a|b\n${kind.repeat(200_000)}x|\n`;
    assert.equal(plainMarkdown(text), text, kind);
  }
});

test("spaces in the middle of a line are passed over once, whatever stands before them", () => {
  const begins = [":::tip a", "!!! note a", "/// note | a", "> [!NOTE] a", "# a", "```{note} a"];
  for (const beginning of begins) {
    // Each space looked at from each before it: some minutes for a line.
    const line = `${beginning}${" ".repeat(200_000)}stop {: x}`;
    assert.match(plainMarkdown(line), /stop/, beginning);
  }
});

test("code with many beginnings and no end is left alone", () => {
  const text = `\`${"{% raw %}".repeat(20_000)}\``;
  assert.equal(plainMarkdown(text), text);
});

test("placeholders, templates and code are left alone", () => {
  for (const text of [
    "Replace <Topic> and <topic>.",
    "Value {{ $labels.instance }} and {{ .Value }}",
    "`[[x]]` and `{% raw %}`",
    "```\n!!! note\n[[x]]\n<Tabs>\n```",
    "~~~\n:::note\n~~~",
    '```mdx\n<A t="a">\n    ```sh\n    a\n    ```\n</A>\n<A t="b">\n    ```sh\n    a\n    ```\n</A>\n```',
    "import the data, then export it",
    "if a == b then c == d, and 100%% of x ^ 2",
    "See [[1]](https://example.com/1) and [[2]], if [[ -f x ]] holds.",
    "<Topic\nis not ended",
    "{{< neither",
    '```jsx\n<Card\n  title="x"\n/>\n```',
    "{ x } and {#} and {a, b}",
  ]) {
    assert.equal(plainMarkdown(text), text);
  }
});

test("any text keeps its number of lines, and none of its plain words is lost", () => {
  const piece = fc.constantFrom(
    "word",
    "!!! note",
    '=== "T"',
    "    body",
    ":::tip",
    ":::",
    "```",
    "~~~",
    "> [!NOTE]",
    "{{< x >}}",
    "{% y %}",
    "{{< code >}}",
    "{{< /code >}}",
    "{% highlight sh %}word{% endhighlight %}",
    '{{< tab "T" >}} word {{< /tab >}}',
    "<CodeBlock>",
    "</CodeBlock>",
    "{`word`}",
    "```{note}",
    "/// tab | T",
    "///",
    ">>>",
    "==word==",
    "# [T](#tab/t)",
    "---",
    "## H",
    "- item",
    "",
  );
  fc.assert(
    fc.property(fc.array(piece), (lines) => {
      const plain = plainMarkdown(lines.join("\n"));
      assert.equal(plain.split("\n").length, lines.join("\n").split("\n").length);
      const count = (text: string) => text.match(/\b(?:word|body|item)\b/g)?.length ?? 0;
      assert.equal(count(plain), count(lines.join("\n")));
    }),
  );
});

function sectionsOf(text: string) {
  const result = readPage({ file: "a.md", folder: "f", text });
  assert.ok(result.kind === "page");
  return result.page.sections;
}

test("HTML is read as the same tree as Markdown", () => {
  const [section] = sectionsOf(
    "# T\n\n<details><summary>How</summary>\nRun:\n<pre><code>kubectl delete pod x</code></pre>\n</details>\n\n<table><tr><th>Code</th><th>Do</th></tr><tr><td>5</td><td>restart</td></tr></table>\n\n<ul><li>one <b>bold</b></li></ul>\n\n<!-- hidden -->\n\nA <kbd>key</kbd> for <topic>.\n",
  );
  for (const words of [
    "How",
    "kubectl delete pod x",
    "Code",
    "restart",
    "one",
    "bold",
    "key",
    "<topic>",
  ]) {
    assert.ok(section?.text.includes(words), words);
  }
  assert.doesNotMatch(section?.text ?? "", /hidden|<table|<details/);
  assert.match(section?.markdown ?? "", /```\nkubectl delete pod x\n```/);
});

test("emphasis, paragraphs and headings within each other cost no more than beside each other", () => {
  for (const tag of ["em", "summary", "b><h2"]) {
    const [section] = sectionsOf(`# T\n\n<div>x${`<${tag}>word `.repeat(200)}\n`);
    assert.equal(section?.text.match(/word/g)?.length, 200, tag);
  }
});

test("a page in HTML has its sections, and Markdown inside HTML is Markdown", () => {
  const sections = sectionsOf(
    '<h1>Guide</h1>\n<h2 id="disk">Disk full</h2>\n<p>Free space.</p>\n\n<details>\n<summary>More</summary>\n\n## Inside\n\n- a\n- b\n\n</details>\n\n## After\n\nx\n',
  );
  assert.deepEqual(
    sections.map(({ anchor }) => anchor),
    ["guide", "disk", "inside", "after"],
  );
  assert.match(sections[2]?.markdown ?? "", /^- a\n- b/m);
});

test("code of ReadMe keeps its lines, wherever it stands in an object", () => {
  const [section] = sectionsOf(
    '# T\n\n[block:code]\n{ "codes": [{ "language": "sh", "code": "df -h\\nrm <x>" }] }\n[/block]\n',
  );
  assert.match(section?.markdown ?? "", /```sh\ndf -h\nrm <x>\n```/);
});

test("tags that are no JSX cost an MDX page nothing, and the first of them is named", () => {
  const text =
    '---\ntitle: T\n---\n# A\n\n<Card title="One" rows={[ } />\n\nText.\n\n<Card a={ >\n';
  const read = readPage({ file: "a.mdx", folder: "f", text });
  assert.ok(read.kind === "page");
  assert.match(read.page.sections[0]?.text ?? "", /Text\./);
  assert.deepEqual(
    read.problems.map(({ line }) => line),
    [6],
  );
  assert.match(read.problems[0]?.reason ?? "", /JSX.*1 more/);
  const other = readPage({ file: "a.md", folder: "f", text });
  assert.ok(other.kind === "page");
  assert.deepEqual(other.problems, []);
});

test("a list of terms whose terms are headings has a section for each", () => {
  const term = (id: string) =>
    `    <dt >\n#### <code>${id}</code> [-x] {#${id}}\n    </dt>\n    <dd>\n      <p>Does\n        it.</p>\n    </dd>\n`;
  const sections = sectionsOf(`# T\n<dl>\n${term("add")}${term("drop")}</dl>\n\nAfter.\n`);
  assert.deepEqual(
    sections.map(({ anchor, title }) => [anchor, title]),
    [
      ["t", "T"],
      ["add", "add [-x]"],
      ["drop", "drop [-x]"],
    ],
  );
  assert.equal(sections[1]?.text, "Does it.");
});

test("headings at the left within indented HTML leave no tag behind, and keep their anchors", () => {
  const list = (name: string): string =>
    `        <dt>\n#### <code>${name}</code> {#the-${name}}\n        </dt>\n        <dd>\n          <p>Does ${name}.</p>\n          <ul>\n            <li>\nof ${name}\n</li>\n          </ul>\n\n        </dd>\n`;
  const page = `<div>\n  <section>\n## All\n    <section>\n### Some\n      <dl>\n${list("one")}${list("two")}      </dl>\n    </section>\n  </section>\n</div>\n`;
  const sections = sectionsOf(page);
  assert.deepEqual(
    sections.map(({ title, anchor }) => [title, anchor]),
    [
      ["All", "all"],
      ["Some", "some"],
      ["one", "the-one"],
      ["two", "the-two"],
    ],
  );
  assert.doesNotMatch(sections.map(({ markdown }) => markdown).join(), /[<{]|```/);
});

test("a name in angle brackets that nobody ends is a placeholder, whatever HTML has of that name", () => {
  const [section] = sectionsOf(
    "# T\n\n- Call it <title>, at <address>.\n- **b** in <b>bold</b><br>\n\nIn a <textarea>, too.\n",
  );
  for (const words of ["<title>", "<address>", "b in bold", "<textarea>, too"]) {
    assert.ok(section?.text.includes(words), words);
  }
});

test("macros of Confluence are read: remarks, code with its lines, titles and links", () => {
  const [section] = sectionsOf(
    '# T\n\n<ac:structured-macro ac:name="warning"><ac:parameter ac:name="title">Mind</ac:parameter><ac:rich-text-body><p>It <b>deletes</b>.</p></ac:rich-text-body></ac:structured-macro>\n\n<ac:structured-macro ac:name="code"><ac:parameter ac:name="language">sh</ac:parameter><ac:plain-text-body><![CDATA[df -h\n\nrm <x>]]></ac:plain-text-body></ac:structured-macro>\n\n<p>See <ac:link><ri:page ri:content-title="Disk full" /></ac:link>.</p>\n\n```\n<ac:link>\n```\n',
  );
  assert.match(section?.markdown ?? "", /```\ndf -h\n\nrm <x>\n```/);
  for (const words of ["Warning", "Mind", "It deletes.", "See Disk full.", "<ac:link>"]) {
    assert.ok(section?.text.includes(words), words);
  }
  assert.doesNotMatch(section?.text ?? "", /structured-macro|CDATA|rich-text/);
});

test("a tag that shows nothing is not shown between paragraphs, either", () => {
  const [section] = sectionsOf("# A\n\n<p>\n\n**Type:** `a`\n</p>\n\nText.\n");
  assert.equal(section?.markdown, "**Type:** `a`\n\nText.");
  const [other] = sectionsOf('# A\n\nOne.\n\n<auto-table path="a.ts" />\n\nTwo <the-name>.\n');
  assert.equal(other?.markdown, "One.\n\nTwo \\<the-name>.");
});

test("code within HTML shows the tags that it is of, and an end alone shows nothing", () => {
  const [section] = sectionsOf(
    "# A\n\n<p>`a` is `<Card client:load />`, `x` <b>and</b> `</p>`.</p>\n\n- y\n\n  <p>`<b />` **c**</p>\n\n<show on>\n\nText.\n\n</show>\n",
  );
  for (const words of ["a is <Card client:load />, x and", "<b /> c", "Text."]) {
    assert.ok(section?.text.includes(words), section?.text);
  }
  assert.doesNotMatch(section?.markdown ?? "", /<\/show/);
});

test("unknown tags around words, an end that nothing began, and options without words", () => {
  const text =
    'He said <wink>so</wink> of <name> here</p> and there.\n\n<b>State<select><option label="Done"></option></select></b>';
  const result = readPage({ file: "a.md", folder: "/", text });
  assert.equal(
    result.kind === "page" && result.page.sections[0]?.text.replace(/\s+/g, " "),
    "He said so of <name> here and there. State Done;",
  );
});

test("a tag that nobody closes costs nothing behind it", () => {
  const sections = sectionsOf("# A\n\n<div>\n\nInside.\n\n## B\n\n| a |\n|---|\n| 1 |\n");
  assert.deepEqual(
    sections.map(({ title }) => title),
    ["A", "B"],
  );
  assert.match(sections[1]?.markdown ?? "", /^\| a \|/);
});

test("links and footnotes that are defined elsewhere on the page go with the section", () => {
  const [first] = sectionsOf(
    "## A\n\nSee [the board][d] and this.[^1]\n\n## B\n\nx\n\n[d]: https://g.example/1\n[^1]: A note.\n",
  );
  assert.match(first?.markdown ?? "", /\[d\]: https:\/\/g\.example\/1/);
  assert.match(first?.markdown ?? "", /\[\^1\]: A note\./);
});

test("of HTML that shows nothing nothing is left, and a page within the page is a link", () => {
  const [first, second] = sectionsOf(
    '# A\n\nBefore.\n\n<script>var a;</script>\n\n# B\n\n<iframe class="x" src="https://g.example/d"></iframe>\n\nBehind.\n',
  );
  assert.equal(first?.markdown, "Before.");
  assert.equal(second?.markdown, "<https://g.example/d>\n\nBehind.");
});

test("anchors are those that the page gives", () => {
  const anchors = sectionsOf(
    '## One {#first}\n\na\n\n<a name="second"></a>\n\n## Two\n\nb\n\n## Three {: #third .c}\n\nc\n\n## <a id="fourth"></a>Four\n\nd\n',
  ).map(({ anchor, title }) => [anchor, title]);
  assert.deepEqual(anchors, [
    ["first", "One"],
    ["second", "Two"],
    ["third", "Three"],
    ["fourth", "Four"],
  ]);
});

test("TOML front matter is read", () => {
  const result = readPage({
    file: "x.md",
    folder: "f",
    text: '+++\ntitle = "Disk full"\nalerts = ["DiskFull"]\ndate = 2024-05-01\n+++\n\n## Fix\n\nFree space.\n',
  });
  assert.ok(result.kind === "page");
  assert.equal(result.page.title, "Disk full");
  assert.deepEqual(result.page.alerts, ["DiskFull"]);
  assert.equal(result.page.sections[0]?.line, 7);
});

test("front matter in TOML may stand below empty lines, and may be empty", () => {
  for (const [text, title] of [
    ['\n\n+++\ntitle = "Disk full"\n+++\n## Fix\n\nX.\n', "Disk full"],
    ["+++\n+++\n## Fix\n\nX.\n", "a"],
  ] as const) {
    const read = readPage({ file: "a.md", folder: "k", text });
    assert.equal(read.kind, "page");
    assert.equal(read.page.title, title);
    assert.deepEqual(
      read.page.sections.map((section) => section.text),
      ["X."],
    );
  }
});

test("code that is indented keeps what it is, also at the beginning of a section", () => {
  const [indented, fenced] = sectionsOf(
    "# A\n\n    df -h\n    du\n\n# B\n\n  ```sh\n  rm x\n  ```\n",
  );
  assert.equal(indented?.markdown, "    df -h\n    du");
  assert.equal(fenced?.markdown, "  ```sh\n  rm x\n  ```");
});

test("front matter in JSON is front matter, and an object that is none is text", () => {
  const page = (text: string) => {
    const result = readPage({ file: "a.md", folder: "f", text });
    assert.ok(result.kind === "page");
    return result.page;
  };
  const { title, alerts } = page('{\n  "title": "T",\n  "alerts": ["A"]\n}\n\n# H\n\nx\n');
  assert.deepEqual([title, alerts], ["T", ["A"]]);
  assert.match(page("{\nnot json\n}\n\n# H\n").sections[0]?.markdown ?? "", /not json/);
});

test("a tag of Liquid over several lines is one tag, and a remark within a line is nobody's", () => {
  const [section] = sectionsOf(
    '# A\n\nSee [the guide]({% page "guide/"\n%}) first.{% comment %}unseen{% endcomment %}\n\n{% include "steps.html"\nnow: 2 %}\n',
  );
  assert.equal(section?.markdown, "See [the guide](guide/) first.\n\n\nIncluded file: steps.html");
});

test("an address without quotes is an address, and code that shows one stays", () => {
  const [section] = sectionsOf("# A\n\nOne <a href=https://a.example/b>two</a> `<a href=/c>`\n");
  assert.equal(section?.markdown, "One [two](https://a.example/b) `<a href=/c>`");
  const [halfQuoted] = sectionsOf('# A\n\nOne <a href=https://a.example/b">two</a>.\n');
  assert.equal(halfQuoted?.markdown, "One [two](https://a.example/b).");
});

test("a drawing with empty lines shows its words and no tags", () => {
  const [section] = sectionsOf(
    '# A\n\n<svg width="9">\n<g>\n\n<text x="1">Lag <tspan>now</tspan></text><text>high</text>\n</g>\n</svg>\n\nAfter.\n',
  );
  assert.equal(section?.markdown, "Lag now; high\n\nAfter.");
});

test("a title in front matter is shown without its HTML", () => {
  const titleOf = (title: string) => {
    const read = readPage({
      file: "a.md",
      folder: "f",
      text: `---\ntitle: "${title}"\n---\n\nx\n`,
    });
    return read.kind === "page" ? read.page.title : read.problem.reason;
  };
  assert.equal(titleOf("Log in <em>first</em> &amp; wait"), "Log in first & wait");
  assert.equal(titleOf("Reset <topic>"), "Reset <topic>");
  assert.equal(titleOf("{{< meta x >}} Logs"), "Logs");
});

test("a footnote within HTML is kept, and words on both sides of a break in a title stay apart", () => {
  const [first, second] = sectionsOf(
    "# T\n\n<div>\n\n- One[^1]\n\n[^1]: But see below.\n\n</div>\n\n<h2>Start<br>here</h2>\n\nx\n",
  );
  assert.match(first?.markdown ?? "", /One\[\^1\]\n\n\[\^1\]: But see below\./);
  assert.equal(second?.title, "Start here");
});

test("a picture by the name of `image` is one", () => {
  const [section] = sectionsOf('# T\n\n<image src="a.png" alt="The disk" style="width:9%" />\n');
  assert.equal(section?.markdown, "![The disk](a.png)");
});

test("divisions of Quarto are remarks, conditions or nothing, its keys and words of pictures are shown", () => {
  const shown = (text: string) =>
    sectionsOf(`# T\n\n${text}\n`)[0]
      ?.markdown.trim()
      .replace(/\s*\n\s*/g, " ");
  const division = (words: string) => shown(`::: ${words}\na\n:::`);
  assert.equal(division('{.callout-tip collapse="true" title="Look out"}'), "**Tip: Look out** a");
  assert.equal(division("callout-note"), "**Note** a");
  assert.equal(division('{.content-visible unless-format="pdf"}'), "**Not for pdf** a");
  assert.equal(division('{.content-hidden unless-meta="x.y"}'), "**Only for x.y** a");
  for (const words of [
    '{.panel-tabset group="os"}',
    '{layout-ncol="2"}',
    "columns",
    "{#fig-a .b}",
  ]) {
    assert.equal(division(words), "a");
  }
  assert.equal(
    shown("Press {{< kbd mac=Cmd-A win=Ctrl+A linux=Ctrl+A >}} or {{< kbd F1 >}}."),
    "Press `Cmd-A` (mac), `Ctrl+A` (win, linux) or `F1`.",
  );
  assert.equal(shown('![](a.png){.wide fig-alt="The `disk`, full"}'), "![The disk, full](a.png)");
  assert.equal(
    shown("![](/{{< meta x >}}-a.png){.border fig-alt='A {{< meta y >}} disk'}"),
    "![A  disk](/-a.png)",
  );
  assert.equal(
    shown("- ::: light-content\n  ![](a.png)\n  :::\n\n- ::: tip\n  x\n  :::"),
    "- ![](a.png) - **Tip** x",
  );
  assert.equal(shown("all of them[but one]{.aside} a[b]{.c}"), "all of them but one ab");
});

test("tables that are drawn with signs are tables, where their cells can be told", () => {
  const shown = (text: string) => sectionsOf(`# T\n\n${text}\n\nEnd.\n`)[0]?.markdown;
  const table = (head: string, ...rows: readonly string[]) =>
    [head, head.replace(/[^|]+/g, " --- "), ...rows, "", "", "End."].join("\n");
  const grid = "+-----+-------+\n| OS  | Do    |\n+=====+=======+\n";
  assert.match(
    shown(`${grid}| one | - a   |\n| two | - b   |\n+-----+-------+`) ?? "",
    /^\| OS {6}\| Do {6}\|\n.*\n\| one two \| • a • b \|\n\nEnd\.$/,
  );
  assert.match(
    shown(`${grid}| x   | \`\`\`sh |\n|     | df    |\n|     | \`\`\`   |\n+-----+-------+`) ?? "",
    /\| x +\| `df` +\|/,
  );
  assert.equal(
    shown("Name   Lag\n----- ----\na       10\nb        2")?.replace(/\n+End\.$/, ""),
    table("| Name | Lag |", "| a | 10 |", "| b | 2 |").replace(/\n+End\.$/, ""),
  );
  assert.match(
    shown(
      "-----------\nName   Lag\n----- -----\na     high\n      now\n\nb     low\n-----------",
    ) ?? "",
    /\| a \| high now \|\n\| b \| low \|/,
  );
  const inItem =
    shown(
      '1. x\n\n    +---+---+\n    | A | B |\n    +===+===+\n    | ```{.sh filename="t.sh"} | # C {.d} |\n    | df | ::: callout-tip |\n    | ``` | e |\n    +---+---+',
    ) ?? "";
  assert.match(inItem, /^ {3}\| \*\*t\.sh\*\* `df` +\| \*\*C\*\* \*\*Tip\*\* e +\|$/m);
  // A cell over two columns is none that a table can have, and words over a column's end are no cells.
  const wide = "+---+---+\n| a     |\n+---+---+\n| b | c |\n+---+---+";
  assert.match(shown(wide) ?? "", /a {5}\|/);
  assert.match(shown("Some words\n---- -----\nof text") ?? "", /Some words\n/);
});

test("terms and their meanings are a list, captions and spans lose their attributes, keys are code", () => {
  const shown = (text: string) => sectionsOf(`# T\n\n${text}\n`)[0]?.markdown;
  assert.equal(
    shown("Lag\n:   How far\n:   behind\n\nTopic\n: A log"),
    "**Lag**\n-   How far\n-   behind\n\n**Topic**\n- A log",
  );
  const table = "| a |\n|---|\n| b |\n\n";
  assert.equal(shown(`${table}: All of it {#t .wide w="[7,2]"}`), `${table}: All of it`);
  assert.equal(shown("One line\nand one\n: no meaning"), "One line\nand one\n: no meaning");
  assert.equal(shown("A [see [b](c.md) too]{.aside} d"), "A see [b](c.md) too d");
  assert.equal(
    shown('Press ++ctrl+alt+"x"++ or ++f5++, C++ and ++i++'),
    "Press `Ctrl+Alt+X` or `F5`, C++ and ++i++",
  );
});

test("facts below each other keep their lines, and attributes of pictures and headings are none", () => {
  const shown = (text: string) => sectionsOf(text)[0]?.markdown;
  assert.equal(shown("# T\n\nTags: a, b\nOwner: c\n\nText."), "Tags: a, b\\\nOwner: c\n\nText.");
  assert.equal(shown("# T\n\nx\n\nNote: a\nand: b"), "x\n\nNote: a\nand: b");
  assert.equal(shown("# T\n\n```\nA: b\nC: d\nE: f\n```"), "```\nA: b\nC: d\nE: f\n```");
  assert.equal(shown("# T\n\n![](a.png){.b fig-alt='A {{< meta x >}} disk'}"), "![A  disk](a.png)");
  assert.equal(sectionsOf('# T {.small transition="slide"}\n\nx')[0]?.title, "T");
  assert.equal(sectionsOf("# T {height=60%}\n\nx")[0]?.title, "T");
  assert.deepEqual(
    sectionsOf("# {#at-first} T\n\nx").map(({ title, anchor }) => [title, anchor]),
    [["T", "at-first"]],
  );
  assert.equal(shown("# T\n\n\uFFFC```\na\n```"), "```\na\n```");
});

test("code in several backticks keeps what looks like a role before fewer of them", () => {
  const line = "Chunks like ```` ```{theorem}````, now ```::: {.theorem}```, `` `{a}` `` too.";
  assert.equal(sectionsOf(`# T\n\n${line}\n`)[0]?.markdown, line);
});

test("a table right below a quote is one, and a value stands apart from the word behind it", () => {
  const shown = (text: string) => sectionsOf(`# T\n\n${text}\n`)[0]?.markdown;
  assert.equal(
    shown("> Fill in:\n| A | B |\n|---|---|\n| c | d |\n\nEnd."),
    "> Fill in:\n> | A | B |\n> |---|---|\n> | c | d |\n\nEnd.",
  );
  assert.equal(shown("> - a\n| b |\n|---|"), "> - a\n| b |\n|---|");
  assert.equal(
    shown('On {{< param "P" >}}hosts, `{{ site.a }}and`, {{ site.a }}s'),
    "On `P` hosts, `{{ site.a }}and`, `a`s",
  );
  assert.equal(
    shown(
      "<div>{{site.data.alerts.callout_info}}<code>x</code> waits.{{site.data.alerts.end}}</div>",
    ),
    "**Info:** `x` waits.",
  );
});

test("code between shortcodes of an item ends in it, and small tags of remarks are remarks", () => {
  const [remark] = sectionsOf("# T\n\n<info>\nIt waits.\n</info>\n");
  assert.match(remark?.text ?? "", /^Info\s+It waits\.$/);
  const [section] = sectionsOf(
    "# T\n\n- a\n\n  {{< code-toggle file=hugo >}}\n  [b]\n  {{< /code-toggle >}}\n\n  c\n",
  );
  assert.equal(section?.markdown, "- a\n\n  ```\n  [b]\n  ```\n\n  c");
});

test("a table goes on behind an empty line, however many rows it has there", () => {
  const [table, rows] = ["a | b | c\n--|--|--\n1 | 2 | 3\n", "4 | 5 | 6\n".repeat(200_000)];
  assert.equal(plainMarkdown(`${table}\n${rows}`).length, table.length + rows.length + 1);
});
