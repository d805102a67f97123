/** Remarks, admonitions, directives and tabs. */

import { testHabits } from "../../support/habits.ts";

testHabits([
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
    "a tab in a step, which goes on below it",
    '1. Run\n\n    === "Linux"\n\n        ```sh\n        up\n        ```\n\n2. b',
    "1. Run\n\n    **Linux**  \n\n    ```sh\n    up\n    ```\n\n2. b",
  ],
  [
    "a directive within a remark, on the remark's last line",
    "<!-- ## A\n\n::: tip\n\nx\n\n::: -->\n\n::: tip\ny\n:::",
    "<!-- ## A\n\n::: tip\n\nx\n\n::: -->\n\n**Tip**  \ny\n",
  ],
  [
    "a remark between an item and its code",
    "3. a\n<!-- x -->\n\n    ```sh\n    b\n    ```\n\n4. c\n\n<!-- y -->\n\n    code",
    "3. a\n   <!-- x -->\n\n    ```sh\n    b\n    ```\n\n4. c\n\n<!-- y -->\n\n    code",
  ],
  [
    "a folded part that has a title alone, and a tab whose title is not ended",
    '??? "An `a` example"\n    x\n\n=== "Linux\n\n    run\n',
    "**An `a` example**  \nx\n\n## Linux\n\nrun\n",
  ],
  ["a tab of MkDocs", '## A\n\n=== "Linux"\n\n    run\n', "## A\n\n### Linux\n\nrun\n"],
  [
    "a directive of Docusaurus",
    ":::warning Careful\n\nText\n\n:::",
    "**Warning: Careful**  \n\nText\n\n",
  ],
  ["its title in brackets", ":::note[Read this]\nx\n:::", "**Note: Read this**  \nx\n"],
  [
    "code of an item that is indented by tabs, and some of it at the left",
    "1. A\n\n    ~~~\n\tb\n    ~~~\n\n    ~~~\n    c\nd\n    ~~~\n\n{% x %}",
    "1. A\n\n    ~~~\n\tb\n    ~~~\n\n    ~~~\n    c\n    d\n    ~~~\n\n",
  ],
  [
    "a directive whose text goes on behind its title and whose end stands behind its last sentence",
    ":::warning[Mind] It deletes\nall of it. :::\n\nx",
    "**Warning: Mind:** It deletes\nall of it.\n\nx",
  ],
  ["a directive in a quote", "> :::note\n> x\n> :::", "> **Note**  \n> x\n>"],
  [
    "a directive in a list, whose text begins with a word and a colon",
    "1. a\n\n    ::: tip Mind\n    Optional: take more\n    :::",
    "1. a\n\n    **Tip: Mind**  \n    Optional: take more\n",
  ],
  [
    "code of MyST that is indented",
    "```{code-block} yaml\n:linenos:\n    name: x\n```",
    "\n```yaml\n    name: x\n```",
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
  ["an alert of GitHub", "> [!CAUTION]\n> Deletes.", "> **Caution**  \n> Deletes."],
  ["a link in a callout's title", "> [!note] [[#My part]]", "> **Note: [My part](#my-part)**  "],
  ["a comment that holds code", "a {/* `b` */} c", "a  c"],
  [
    "an address without quotes",
    "See <a href=https://a.example/b?c=1>it</a> and <img src=d/e.png />.",
    'See <a href="https://a.example/b?c=1">it</a> and <img src="d/e.png" />.',
  ],
  ["a page without signs of MyST", "50\n% of it\n+++", "50\n% of it\n+++"],
  [
    "options of MyST as YAML, and directives that it does not know",
    "```{code-block} python\n---\nlineno: 1\n---\nx = 1\n```\n\n```{py:function} send(a, *b)\nSends.\n```\n\n```{button-ref} page\n:color: red\nGo\n```\n\n:::{margin} Words\nof it\n:::",
    "\n\n\n```python\nx = 1\n```\n\n**`send(a, *b)`**  \nSends.\n\n\n**page**  \n\nGo\n\n\nWords\nof it\n",
  ],
  [
    "items that tabs indent right below a heading",
    "# A\n\t- b\n\t\t- c\n# D\n\te",
    "# A\n- b\n    - c\n# D\n\te",
  ],
  ["an alert that is no quote", "[!WARNING]\nx", "**Warning**  \nx"],
  [
    "tabs whose beginning stands behind the end of others",
    '{{< panes text=true >}} {{% tab header="With `a`" %}}\nx\n{{% /tab %}} {{% tab "B" %}}\ny\n{{% /tab %}} {{< /panes >}}\n{{< panes text=true >}}',
    "## With `a`\nx\n## B\ny\n \n",
  ],
  [
    "fences that their item or quote leaves open, and one that ends before a tag",
    '1. A\n   ```sh\n   a\n\n2. B {{< ref "c.md" >}}\n\n> ```\n> d\n\n{{< ref "e.md" >}}\n\n```\nf\n```{% endraw %}\n{{< ref "g.md" >}}',
    "1. A\n   ```sh\n   a\n   ```\n2. B c.md\n\n> ```\n> d\n> ```\ne.md\n\n```\nf\n```\ng.md",
  ],
  [
    "a tab on one line",
    '{{< tabs "uid" >}}\n{{< tab "Linux" >}} run `free` {{< /tab >}}\n{{< /tabs >}}',
    "\n**Linux:** run `free`\n",
  ],
  ["a remark on one line", "{{< alert icon='x' >}}Stop{{< /alert >}}", "**Note:** Stop"],
  [
    "a box without a kind, with a title and without one",
    "{{< callout >}}\na\n{{< /callout >}}\n\n<Callout>\nb\n</Callout>\n\n:::{admonition} Look\nc\n:::\n\n> [!ALERT] Now\n> d",
    "**Note**  \na\n\n\n**Note**  \nb\n\n\n**Look**  \nc\n\n\n> **Now**  \n> d",
  ],
  [
    "blocks of PyMdown",
    "/// tab | systemd\nx\n///\n/// admonition | Beware\n    type: warning\n\ny\n///",
    "## systemd\nx\n<!--:goes on below 1-->\n**Beware**  \n\n\ny\n",
  ],
  [
    "a directive of MyST with options",
    ":::{admonition} Mind\n:class: tip\nx\n:::",
    "**Mind**  \n\nx\n",
  ],
  ["one of MyST as a fence", "```{warning}\nUse `x`.\n```\ny", "**Warning**  \nUse `x`.\n\ny"],
  ["code of MyST", "```{code-block} bash\n:linenos:\nrm x\n```", "\n```bash\nrm x\n```"],
  [
    "two signs of per cent that only a fence has again",
    "%% --size flags\n\n```go\n%%\nf()\n```",
    "%% --size flags\n\n```go\n%%\nf()\n```",
  ],
  ["a comment as a definition", "[//]: # (hidden)\nx", "\nx"],
  ["two signs of per cent that nobody ends", "%% 5\nx", "%% 5\nx"],
  ["a quote of GitLab", ">>>\na\n\nb\n>>>\nc", "\n> a\n> \n> b\n\nc"],
]);
