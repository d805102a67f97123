/** Code, its fences, and what looks like code. */

import { testHabits } from "../../support/habits.ts";

testHabits([
  [
    "code and drawings that components are given as a text",
    '<CodeBlock language="sh" title="a.sh">{`\ndf -h\n\n  ls\n`}</CodeBlock>\n\n- <CodeBlock>{`b`}</CodeBlock>\n\n<CodeBlock className="language-ts">{\n`c\nd`\n}</CodeBlock>\n\n<Mermaid chart={`\ngraph\n`} />\n\n```mdx\n<CodeBlock>{`e\nf`}</CodeBlock>\n```\n<CodeBlock>{`g',
    '<p><b>a.sh</b></p><pre><code class="language-sh">df &#45;h&#10;&#10;  ls</code></pre>\n\n\n\n\n\n- <pre><code>b</code></pre>\n\n<pre><code class="language-ts">c&#10;d</code></pre>\n\n\n\n\n<pre><code class="language-mermaid">graph</code></pre>\n\n\n\n```mdx\n<CodeBlock>{`e\nf`}</CodeBlock>\n```\n{`g',
  ],
  [
    "an end of code right behind its last line, in words, in an item and without an empty line below",
    "{{< code sh >}}\na\nb{{< /code >}}\n\nx {{< code sh >}}c{{< /code >}} y\n\n1. Do\n   {{< code sh >}}\nd\n  e{{< /code >}}\n   z",
    "```sh\na\nb\n```\nx `c` y\n1. Do\n   ```sh\n   d\n     e\n   ```\n   z",
  ],
  [
    "an end of code right behind its last line, with an empty line above it alone",
    "a\n\n{% highlight sh %}\nb\nc{% endhighlight %}\nd\n```\n{{< code >}}\ne{{< /code >}}\n\n```",
    "a\n```sh\nb\nc\n```\nd\n```\n{{< code >}}\ne{{< /code >}}\n\n```",
  ],
  [
    "braces in a tag around code",
    "<pre>\n`x` {{ name }}\n</pre>\n\n<pre>{{ b }}</pre>\n\nSay {{ name }}.",
    "<pre>\n`x` {{ name }}\n</pre>\n\n<pre>{{ b }}</pre>\n\nSay `{{ name }}`.",
  ],
  [
    "items that stand too far in, and code that does",
    "Steps:\n    1. a\n    2. b\n\n- If:\n        * c\n          more\n- d\n\n      code\n\nx:\n\n    a:\n        - b\n\n<pre>\nx:\n    - y\n</pre>",
    "Steps:\n1. a\n2. b\n\n- If:\n  * c\n    more\n- d\n\n      code\n\nx:\n\n    a:\n        - b\n\n<pre>\nx:\n    - y\n</pre>",
  ],
  [
    "words between two pieces of code that a lone backtick has taken for code",
    "Set 'a` to `b c`, `d` too, ` e `\n\n    a` b `c\n\nx `y\nz` or `w",
    "Set 'a ` to ` b c`, `d ` too, ` e `\n\n    a` b `c\n\nx `y\nz` or `w",
  ],
  [
    "a fence that begins behind words",
    "- See: ```\n  A <b> & c\n\nd\n```\n- Next `x`\n\n~~~\nE: ```\n~~~\n\nSay ``` alone",
    "- See:\n  <pre><code>  A &lt;b> &amp; c\n\n  d\n  </code></pre>\n- Next `x`\n\n~~~\nE: ```\n~~~\n\nSay ``` alone",
  ],
  [
    "a fence without a language right behind the mark of an item",
    "- ```\n  a <b>\n  ```\n- x\n  1. ```\n     c\n     ```\n> * ```\n>   d\n>   ```",
    "- ```\n  a <b>\n  ```\n- x\n  1. ```\n     c\n     ```\n> * ```\n>   d\n>   ```",
  ],
  [
    "code that holds a pipe, beside other code",
    "Run `a | b` or `c` and `d`.",
    "Run `a | b` or `c` and `d`.",
  ],
  [
    "words that a lone backtick of the line above, or of a link, has taken for code",
    "Say `a => 4`, `b`=> 3\ndays` or `c` is.\n\nThe [`d`](a.md)` is `e`.",
    "Say `a => 4`, `b`=> 3\ndays ` or ` c` is.\n\nThe [`d`](a.md) ` is ` e`.",
  ],
  [
    "the same beside code of three backticks that two end",
    "A ```b``` c ```d`` e ```f``` g ```h``` i ```j``` k ```l``` m",
    "A ```b``` c ```d`` e ```f ``` g ``` h ``` i ``` j ``` k ``` l``` m",
  ],
  [
    "a drawing in code, whose first tag goes on",
    '```jsx\n<svg\n  width="1"\n>\n</svg>\n```',
    '```jsx\n<svg\n  width="1"\n>\n</svg>\n```',
  ],
  [
    "code in one",
    "!!! note\n    ```bash\n    rm x\n    ```\n\ny",
    "**Note**  \n```bash\nrm x\n```\n\ny",
  ],
  ["an anchor behind code", "## `a` b {#c}\n## `a` {: #d .e}", "## `a` b {#c}\n## `a` {#d}"],
  [
    "code that goes on in the next line, beside other code",
    "{{< a >}}\n- It is `<span\n  class='x'>` and `<Note>…</Note>`\n  or `a\n  b`, `{{ .x }}`",
    "\n- It is `<span class='x'>`\n  and `<Note>…</Note>`\n  or `a b`,\n  `{{ .x }}`",
  ],
  [
    "code that shows a fence",
    "<pre><code>```sh\na\n```</code></pre>\n\n> [!note]\n> b",
    "<pre><code>&#96;&#96;&#96;sh\na\n&#96;&#96;&#96;</code></pre>\n\n> **Note**  \n> b",
  ],
  [
    "code in a block of HTML that no empty line ends",
    "<td>\n  words\n</td>\n```ini\na = <b>\n\n  c & d\n```\n<p>x</p>",
    "<td>\n  words\n<!----></td>\n<pre>\na = &lt;b>\n<!---->\n  c &amp; d\n</pre>\n<p>x</p>",
  ],
  [
    "code right behind the mark of a list",
    '- ```sh\n  a {{< b >}}\n  ```\n- {{< ref "c.md" >}}\n\n1. ~~~\n   {{< d >}}\n   ~~~\n\n[[E]]',
    "- ```sh\n  a {{< b >}}\n  ```\n- c.md\n\n1. ~~~\n   {{< d >}}\n   ~~~\n\n[E](E.md)",
  ],
  ["the language within code", "Set `a: 1{:js}`.", "Set `a: 1`."],
  [
    "a fence in code that shows one",
    "```\n!!! note\n\n    ``` sh\n    a\n    ```\n\n!!! tip\n```\n!!! tip\n    b",
    "```\n!!! note\n\n    ``` sh\n    a\n    ```\n\n!!! tip\n```\n**Tip**  \nb",
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
    "a drawing whose first tag goes over lines",
    '<svg a="1"\n  b="2">\n\n<g></g>\n</svg>',
    '<svg a="1" b="2">\n<!---->\n<!---->\n<g/>\n</svg>',
  ],
  [
    "a drawing on a line longer than any paragraph, whose shapes say nothing",
    `<svg a="1"><title>T</title><path d="${"1 ".repeat(3000)}"/>\n<text>b</text></svg>\n\n\`<path d="1"/>\``,
    '<svg a="1"><title>T</title>\n<text>b</text></svg>\n\n`<path d="1"/>`',
  ],
  [
    "code by its indentation that Python has underlined",
    'It says:\n\n    return self.write(\n           ~~~~~~~~~~^\n        a)\n\nSee [b]({{< relref "b#c" >}}).',
    "It says:\n\n    return self.write(\n           ~~~~~~~~~~^\n        a)\n\nSee [b](b#c).",
  ],
  [
    "a drawing that a component is given keeps all its tags",
    '<Card icon={<svg a="1">\n  <g\n    b="2">\n  <path d="1"/>\n  </g>\n</svg>}\ntitle="Disk" />\n\n<Card\n  icon={\n    <svg>\n  <g\n    b="2">\n  </g>\n</svg>\n  }\n  title="Lag" />\n\n<svg>\n</svg>',
    "Disk\n\n\n\n\n\n\n\nLag\n\n\n\n\n\n\n\n\n\n<svg>\n</svg>",
  ],
  [
    "a drawing whose shapes stand in short lines",
    '<svg a="1">\n  <path d="1"/>\n  <g><text>b</text><circle r="2"/></g>\n</svg>\n<g>',
    '<svg a="1">\n  <g/>\n  <text>b</text>\n</svg>\n<g>',
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
  ["code by a tag that nobody ends", "{{< code >}}\nafter", "\nafter"],
  ["code on one line", "{% highlight sh %}rm x{% endhighlight %}", "`rm x`"],
  [
    "a command that begins behind the signs of its fence, and signs that a space parts",
    "A\n\n```ls /\n  ls -l /a```\n\nB:\n```SELECT 1 -- a\nFROM b;```\n\nC ```d``` `` `e```.",
    "A\n```\nls /\n  ls -l /a\n```\nB:\n```SELECT 1 -- a FROM b;```\n\n\nC ```d``` ```e```.",
  ],
  [
    "code far in whose end nobody wrote, and such code with one",
    'A\n\n        ```py\n        b()\nc"\n\nD\n\n## E\n\n```py\nf()\n```\n\n        ```py\n        g()\n\nh\n        ```',
    'A\n\n        ```py\n        b()\nc"\n        ```\nD\n\n## E\n\n```py\nf()\n```\n\n        ```py\n        g()\n\nh\n        ```',
  ],
  [
    "tags in code by indentation, below words, an item and a heading",
    'Put:\n\n    <VirtualHost *:80>\n        <Directory /a>\n        </Directory>\n\n    </VirtualHost>\n\n- A:\n\n      <Server port="1">\n        <Listener/>\n      </Server>\n\n## B\n\n\trun <Name>a</Name>\n\n[[C]]',
    'Put:\n\n    <VirtualHost *:80>\n        <Directory /a>\n        </Directory>\n\n    </VirtualHost>\n\n- A:\n\n      <Server port="1">\n        <Listener/>\n      </Server>\n\n## B\n\n\trun <Name>a</Name>\n\n[C](C.md)',
  ],
  [
    "tags so far in that are no code: in a note and in a definition",
    "!!! note\n\n    <Card>a</Card>\n\nB\n\n: c\n\n    <Card>d</Card>",
    "**Note**  \n\na\n\n**B**\n\n- c\n\n    d",
  ],
  [
    "components whose parts stand far in",
    "Words\n\n<Steps>\n\nWords\n\n    <Step>a</Step>\n\n</Steps>",
    "Words\n\n\n\nWords\n\na\n\n",
  ],
  [
    "signs of sites in code by indentation, and what a site fills in there",
    "A:\n\n    if [[ -f a ]]; then echo {#b}; fi\n    [[C]] ==d==\n\nE [[F]]\n\n    {% raw %}\n    [[G]]\n    {% endraw %}",
    "A:\n\n    if [[ -f a ]]; then echo {#b}; fi\n    [[C]] ==d==\n\nE [F](F.md)\n\n\n    [G](G.md)\n",
  ],
  [
    "code of Hugo over several lines of a cell",
    '| A | B | C |\n|---|---|---|\n| a | list<br />{{<code>}}[{\n  "b": 1 | 2,\n}] {{</code>}} | c |\n| d | {{< code >}}\ne\n{{< /code >}}It is x. | f |\n| g | h | i |\n\nMore.',
    "| A | B | C |\n|---|---|---|\n| a | list<br /><pre><code>&#91;&#123;<br />  &#34;b&#34;&#58; 1 &#124; 2&#44;<br />&#125;&#93;</code></pre> | c |\n| d | `e`<br>It is x. | f |\n| g | h | i |\n\n\n\n\n\nMore.",
  ],
  [
    "such code that nothing ends, and in code",
    "| A | B |\n|---|---|\n| a | {{<code>}} |\n\n```\n| b | {{<code>}}\n{{</code>}} | c |\n```",
    "| A | B |\n|---|---|\n| a |  |\n\n```\n| b | {{<code>}}\n{{</code>}} | c |\n```",
  ],
]);
