/** What people paste without a fence, lines that count without being a list, and what Leanpub and icons add. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { plainMarkdown } from "../../../src/knowledge/sites/habits.ts";
import { sectionsOf, testHabits } from "../../support/habits.ts";

testHabits([
  [
    "a session of a terminal below words",
    "Look:\n$ lagctl show --all\nGROUP  LAG  STATE\npay_a  17   *stuck*\n\nThen wait.",
    "Look:\n<pre>$ lagctl show --all\nGROUP  LAG  STATE\npay_a  17   *stuck*</pre>\n\nThen wait.",
  ],
  [
    "what another user's prompt begins, in an item",
    "1. Log in\n   [root@b1 ~]# df -h /data\n   /data <full> & read-only\n2. Call",
    "1. Log in\n   <pre>[root@b1 ~]# df -h /data\n   /data &lt;full> &amp; read-only</pre>\n2. Call",
  ],
  [
    "columns by themselves, and rows of tabs",
    "NAME    READY   AGE\nb-0     1/1     2d\nb-1     0/1     3s\n\nWho\tPhone\nAnn\t-12\nBob\t-34",
    "<pre>NAME    READY   AGE\nb-0     1/1     2d\nb-1     0/1     3s</pre>\n\n<pre>Who\tPhone\nAnn\t-12\nBob\t-34</pre>",
  ],
  [
    "lines of a log with what was thrown",
    "It says\n2031-04-05 06:07:08 WARN slow\n2031-04-05 06:07:09 ERROR gone\n  at a.B.<init>(B.java:1)",
    "It says\n<pre>2031-04-05 06:07:08 WARN slow\n2031-04-05 06:07:09 ERROR gone\n  at a.B.&lt;init>(B.java:1)</pre>",
  ],
  [
    "an object of Kubernetes and a rule, with what looks like lists and headings in them",
    'kind: Pod\nspec:\n  containers:\n  - name: a\n    args: ["*", "*"]\n    # all\n\n- alert: Lag\n  labels:\n    team: "{{ $labels.team }}"',
    '<pre>kind: Pod\nspec:\n  containers:\n  - name: a\n    args: ["*", "*"]\n    # all</pre>\n\n<pre>- alert: Lag\n  labels:\n    team: "{{ $labels.team }}"</pre>',
  ],
  [
    "an object of JSON, a tree, settings and commands",
    'Send\n{\n  "a": "*b*"\n}\n\ndata\n├── a\n└── b\n\na.b=1\nc.d=2\ne_f=3\n\nThen:\nkubectl get po -n a_b_c',
    'Send\n<pre>{\n  "a": "*b*"\n}</pre>\n\n<pre>data\n├── a\n└── b</pre>\n\n<pre>a.b=1\nc.d=2\ne_f=3</pre>\n\nThen:\n<pre>kubectl get po -n a_b_c</pre>',
  ],
  ...[
    "Note: read this\nfirst: it helps.",
    "It costs $ 5 a day.  Two  spaces\nare only  two spaces.",
    "- Owner: Ann\n  Backup: Bob",
    "curl is a tool,\nand so is git.",
    "| a   b   c |\n| --- |\n| d   e   f |",
    "Service restarts\nat 10:00 (always)\nand at noon.",
    "•\t1.2.3 <br>\n•\t1.2.4 <br>\n•\t1.2.5",
  ].map((words) => [`that these are words: ${words}`, words, words] as const),
  [
    "what counts in lines of its own",
    "Do:\n1.Log in\n2.`df -h`\n\na) one\nb) two\n\n- Of:\n  a) x\n  b) y\n\n(1) x\n(2) y\n\nStep 1: go\nand look\nStep 2: stop\n\n步骤\n1、登录\n2、执行",
    "Do:  \n1.Log in  \n2.`df -h`\n\na) one  \nb) two\n\n- Of:  \n  a) x  \n  b) y\n\n(1) x  \n(2) y\n\nStep 1: go\nand look  \nStep 2: stop\n\n步骤  \n1、登录  \n2、执行",
  ],
  [
    "lines with other signs of lists",
    "Seen:\n• lag\n• errors\n\n✅ up\n❌ down\n\n:x: a\n:+1: b",
    "Seen:  \n• lag  \n• errors\n\n✅ up  \n❌ down\n\n:x: a\n:+1: b",
  ],
  [
    "an item that stands below words, code and all",
    "2. Delete\n```\nrm -i a\n```\n   Never b!\n3. Restart\n\nOf these\n7. seven\n8. eight",
    "2. Delete\n```\nrm -i a\n```\n   Never b!  \n3. Restart\n\nOf these  \n7. seven  \n8. eight",
  ],
  ...[
    "1. a\n2. b\n3. c",
    "1. a\nmore\n2. b",
    "1. a\n\n   More words.\n2. b\n   - c\n3. d",
    "It needs 1.5 GB,\n2.5 GB are better.",
    "The year was\n1986. A good one.",
    "```\na) x\nb) y\n```",
  ].map((words) => [`that these end where Markdown ends them: ${words}`, words, words] as const),
  [
    "a fence that stands too far in, below words and in an item",
    "**1.** Look:\n    ```\n    df\n      -h\n    ```\n    It is full.\n\n1. Go\n\n          ```sh\n          ls\n          ```",
    "**1.** Look:\n```\ndf\n  -h\n```\nIt is full.\n\n1. Go\n\n   ```sh\n   ls\n   ```",
  ],
]);

testHabits([
  [
    "a title behind its sign, and facts at the top",
    "#Disk full\nOwner: Ann\n##Steps\ngo",
    "# Disk full\nOwner: Ann\n## Steps\ngo",
  ],
  [
    "facts at the top of a page",
    "RUNBOOK: A B\nSEVERITY: 2\n\nx",
    "RUNBOOK: A B\\\nSEVERITY: 2\n\nx",
  ],
  ...["#kafka\n\nAsk in it.", "#a #b\n\n##Steps\n", "#ops\n\n## Steps"].map(
    (words) =>
      [
        `that a word behind one sign is no title: ${words}`,
        words,
        words.replace("##S", "## S"),
      ] as const,
  ),
  [
    "words that a converter made bold one by one, and what hides a secret",
    "### **Log in****On****Windows**\n\nAKIA****WXYZ and `**a****b**`",
    "### **Log in** **On** **Windows**\n\nAKIA****WXYZ and `**a****b**`",
  ],
  [
    "a value within an address",
    "1. Open https://lag.{{ site.domain }}/a or https://b.{{ own.domain }}, not {{ site.name }}",
    "1. Open `https://lag.{{ site.domain }}/a` or `https://b.{{ own.domain }}`, not `name`",
  ],
  [
    "a reference behind an address",
    "Read https://a.example/b-c&#8230; and https://a.example/?a=1&#38;b=2.",
    "Read https://a.example/b-c… and https://a.example/?a=1&b=2.",
  ],
  ["an alert of GitHub in bold", "> **[!CAUTION]**\n> Hot", "> **Caution**  \n> Hot"],
  [
    "a note, an aside and code of Leanpub, with its attributes",
    'W> Never at\nW> night.\n\nA> Once\nA>\nA> {lang="text"}\nA>     df\n\nLook:\n\n{line-numbers=off,lang="text",title="Free space"}\n    $ df __a__\n     b\n\nA> dir\n\n{title="Ports"}\n| a | b |',
    "> **Warning:** Never at\n> night.\n\n> Once\n>\n>\n>     df\n\nLook:\n**Free space**\n\n    $ df __a__\n     b\n\nA> dir\n\n**Ports**\n| a | b |",
  ],
  [
    "icons of Material for MkDocs, but for one alone in its cell",
    "- :material-alert: Not [here :octicons-link-external-16:](a.md), `:material-x:`\n\n| a | b |\n|---|---|\n| :material-check: | :simple-linux: yes |",
    "- Not [here](a.md), `:material-x:`\n\n| a | b |\n|---|---|\n| :material-check: | yes |",
  ],
]);

test("lines and placeholders below a tag are kept, with a slash in them, too", () => {
  const [section] = sectionsOf("# A\n\n<div>a</div>\n**--all=<yes/no>**  \nwhether all\n");
  assert.equal(section?.markdown, "a\n\n**--all=\\<yes/no>**\\\nwhether all");
});

test("what is pasted is code to its reader", () => {
  const [section] = sectionsOf("# A\n\n$ ls __a__ *\nb&lt;c <d>\n");
  assert.equal(section?.markdown, "```\n$ ls __a__ *\nb&lt;c <d>\n```");
});

test("many lines that may be pasted, and none that ends, are read", () => {
  for (const line of [
    "$ a\n",
    "2. a\n",
    "a:\n",
    "{\n",
    "a   b   c\n",
    "a) b\n",
    "x\n    ```\n",
    "- a\n      ```\n",
    "[[a|",
  ])
    assert.ok(plainMarkdown(line.repeat(100_000 / line.length)).length > 0);
});

test("lines that begin with options in code are words", () => {
  const [section] = sectionsOf("# A\n\n`--all` takes all.\n`--most`, set to 2, takes two.\n");
  assert.equal(section?.markdown, "`--all` takes all.\n`--most`, set to 2, takes two.");
});
