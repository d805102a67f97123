/** What wikis, vaults and other tools add. */

import { testHabits } from "../../support/habits.ts";

testHabits([
  [
    "a page of ikiwiki: its title, what the wiki lists itself, and links that have their words first",
    '[[!meta title="Disk full"]]\n[[!toc levels=2]]\n\n#### Ask [[us|doc contact]]\n\nOr [[call\nthe desk|desk]], `[[a|b]]`, see [[all\nsteps|doc\nsteps]].\n\n```\n[[c|d]]\n```\n[[!img a.png alt="Lag"]]\n[[!odd x]]',
    "# Disk full\n\n\n#### Ask [us](<doc contact>)\n\nOr [call\nthe desk](desk), `[[a|b]]`, see [all\nsteps\n](<doc steps>).\n\n```\n[[c|d]]\n```\n![Lag](a.png)\n[!odd x](<!odd x.md>)",
  ],
  [
    "that a test of a shell makes no wiki",
    "[[ -f a ]]\n\nSee [[Page|words]].",
    "[[ -f a ]]\n\nSee [words](Page.md).",
  ],
  [
    "a wiki whose links have their words first",
    "[[Set it up|Set-it-up]], [[Who is called|Escalation#now]] and `[[a|b]]`\n\n| a |\n| - |\n| [[Ask\\|Help]] |\n\n```\n[[c d|c-d]]\n```",
    "[Set it up](Set-it-up.md), [Who is called](Escalation.md#now) and `[[a|b]]`\n\n| a |\n| - |\n| [Ask](Help.md) |\n\n```\n[[c d|c-d]]\n```",
  ],
  [
    "a wiki of names with dots whose links have their words first",
    "[[here|team.on-call.escalate]] or [[the list|hosts]]",
    "[here](team.on-call.escalate.md) or [the list](hosts.md)",
  ],
  [
    "a wiki whose links have the page first, with words that look like a name",
    "[[set-it-up|Set it up]], [[Wireless network|Wi-Fi]] and [[Node exporter|node-exporter]], [[a-b|a b]]",
    "[Set it up](set-it-up.md), [Wi-Fi](<Wireless network.md>) and [node-exporter](<Node exporter.md>), [a b](a-b.md)",
  ],
  [
    "tabs of VuePress, and a remark that is named in Chinese",
    ":::: tabs\n::: tab Linux\nx\n:::\n::::\n\n::: 提示\ny\n:::",
    "\n## Linux\nx\n\n\n<!--:goes on below 1-->\n**提示**  \ny\n",
  ],
  [
    "a block's sign of Logseq in code",
    "- #+BEGIN_NOTE\n  x\n  #+END_NOTE\n- Type `#+BEGIN_SRC lang` to begin",
    "- **Note**  \n  x\n\n- Type `#+BEGIN_SRC lang` to begin",
  ],
  [
    "HTML as a text, of ReadMe",
    "<HTMLBlock>{`<p>One</p>\n\n<p>Two</p>\n`}</HTMLBlock>\nx",
    "<p>One</p>\n\n<p>Two</p>\n\nx",
  ],
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
  [
    "a part of a channel's page whose address stands last",
    "Ask in [[#help|chat://team/rooms.help#now]].",
    "Ask in [#help](chat://team/rooms.help#now).",
  ],
  ["links of a wiki side by side", "[[a|b]][[c]]", "[b](a.md)[c](c.md)"],
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
    "a remark and a heading of ReadMe",
    '[block:callout]\n{\n  "type": "danger",\n  "title": "Mind",\n  "body": "It *deletes*."\n}\n[/block]\n[block:api-header]\n{ "title": "Next" }\n[/block]',
    "**Danger: Mind**  \nIt *deletes*.\n\n\n\n\n\n## Next\n\n",
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
    "a tab of PingCAP",
    '<SimpleTab>\n<div label="Linux">\n\nx\n\n</div>\n</SimpleTab>',
    "\n## Linux\n\nx\n\n</div>\n",
  ],
  [
    "what PlatyPS asks its author",
    "{{ Fill in the Synopsis }}\n{{Fill PassThru Description}}",
    "\n",
  ],
  [
    "links of Obsidian to what is code, and before brackets",
    "[[A#`move()`|mv]], [[A|`b`]](or `c`) and [[d]](d.md)",
    "[mv](A.md#move), [`b`](A.md)(or `c`) and [[d]](d.md)",
  ],
  [
    "a type of .NET",
    "List[[System.String, mscorlib, Version=4.0.0.0]]",
    "List[[System.String, mscorlib, Version=4.0.0.0]]",
  ],
  [
    "tabs of VuePress",
    "## A\n\n:::: tabs#os\n\n@tab Linux\n\na\n\n@tab:active macOS#mac\n\nb\n\n::::",
    "## A\n\n\n\n### Linux\n\na\n\n### macOS\n\nb\n\n",
  ],
  ["a comment of Obsidian", "a %%hidden%% b\n%%\nhidden\n%%\nc", "a  b\n\n\n\nc"],
  ["a comment of Obsidian that holds code", "%% hidden\n```\n%%\n```\nhidden %%\nc", "\n\n\n\n\nc"],
  [
    "tabs of DocFX",
    "# [Linux](#tab/linux)\napt\n# [Windows](#tab/windows)\nchoco\n---\nx",
    "## Linux\napt\n## Windows\nchoco\n<!--:goes on below 1-->\nx",
  ],
  ["a mark of Roam, which is no link", "- {{[[DONE]]}} a [[B]]", "- `{{[[DONE]]}}` a [B](B.md)"],
  [
    "an item of Logseq that only it fills in, below words",
    "- a\n\t- {{renderer :b}}\n\t\t- c\n- \n- {{query d}}\n\t-\n\n```\ne\n- {{query f}}\n```",
    "- a\n\t- …\n\t\t- c\n- \n- …\n\t-\n\n```\ne\n- {{query f}}\n```",
  ],
  [
    "a wiki's link right before another one",
    "[[A]][*](https://a.example/) [[B]][c] `[[D]][*](e)`\n\n[c]: d.md",
    "[A](A.md)[*](https://a.example/) [[B]][c] `[[D]][*](e)`\n\n[c]: d.md",
  ],
  [
    "pictures and texts of TiddlyWiki by their names",
    "Click {{$:/core/images/stop-button}}, then {{$:/a/Save all||$:/t}} or `{{$:/b}}`\n\n    {{$:/c}}\n\n```\n{{$:/d}}\n```",
    "Click stop-button, then Save all or `{{$:/b}}`\n\n    {{$:/c}}\n\n```\n{{$:/d}}\n```",
  ],
  [
    "keys in brackets, beside pages of such names, and words before the address that they lead to",
    "[[Ctrl+Shift+F]], [[Esc]], [[Home]], [[C++]], [[Words|https://x.example/a]], [[b|dendron://v/c.d#e]]",
    "`Ctrl+Shift+F`, `Esc`, [Home](Home.md), [C++](C++.md), [Words](https://x.example/a), [b](dendron://v/c.d#e)",
  ],
]);
