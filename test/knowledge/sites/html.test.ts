/** Tags of HTML, pictures and anchors. */

import { testHabits } from "../../support/habits.ts";

testHabits([
  [
    "XML of a program, over empty lines, with values and signs in quotes",
    'Set:\n\n<?xml version="1.0"?>\n\n<pool name="a">\n\n  <!-- two -->\n  <disk path=">"\n    size="5"/>\n  <limit>80 percent</limit>\n</pool>\n\n<pool name="b">\n  <disk/>\n</pool>\n\nThen.',
    'Set:\n```xml\n<?xml version="1.0"?>\n\n<pool name="a">\n\n  <!-- two -->\n  <disk path=">"\n    size="5"/>\n  <limit>80 percent</limit>\n</pool>\n\n<pool name="b">\n  <disk/>\n</pool>\n```\nThen.',
  ],
  [
    "XML among words, and tags that are none of a program",
    'Set <pool name="a"> <disk size="5"/> </pool> so.\n\n<limits type="a">\n  <one>Take</one> care.\n</limits>\n\n<pre>\n\n<pool a="b">\n<disk/>\n</pool>\n\n</pre>\n',
    'Set `<pool name="a"> <disk size="5"/> </pool>` so.\n\n<limits type="a">\n  <one>Take</one> care.\n</limits>\n\n<pre>\n\n<pool a="b">\n<disk/>\n</pool>\n\n</pre>\n',
  ],
  [
    "what a tag of Vue does",
    'A <b-c :d="e" @click="() => f" @g.once="h">i</b-c> `<b-c @click="f">` a@b.example <b-c @go="j" note="of @team/disk">k</b-c>',
    'A <b-c :d="e">i</b-c> `<b-c @click="f">` a@b.example <b-c note="of @team/disk">k</b-c>',
  ],
  [
    "data in XML whose name has a dot",
    "A\n\n<a.b.C>\n  <id>1</id>\n</a.b.C>\n\nB\n\n```\n\n<a.b>\n</a.b>\n\n```\n\n<d.e>\nwords\n</d.e>\n\nF",
    "A\n```xml\n<a.b.C>\n  <id>1</id>\n</a.b.C>\n```\nB\n\n```\n\n<a.b>\n</a.b>\n\n```\n\n<d.e>\nwords\n</d.e>\n\nF",
  ],
  [
    "a heading that says what kind of remark it is",
    '<aside class="note warning">\n\n<h1> Mind </h1>\n\na\n</aside>\n<h2>B</h2>',
    '<aside class="note warning">\n\n<p><strong>Mind</strong></p>\n\na\n</aside>\n<h2>B</h2>',
  ],
  ["an anchor among the words of a heading", "## A step {#b} for all", "## A step for all"],
  [
    "an anchor between two sentences",
    "One ends. {#year-end} Two ends. {#if} Three.",
    "One ends. Two ends. {#if} Three.",
  ],
  [
    "a picture's caption beside its other words",
    '<Image src="a.png" alt="A" border={true} caption="Where it is" />',
    "![A](a.png) Where it is",
  ],
  ["a heading with an anchor in an item", "- a\n\n  ### B {#b}", "- a\n\n  ### B"],
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
    "emphasis in HTML among words",
    "words\n<em>more</em>\n**and** more\n<div>",
    "words\n<em>more</em>\n**and** more\n<div>",
  ],
  [
    "a figure with a caption of its own",
    '{{< figure src="a.png" alt="A graph" caption="Lag by day" title="A graph" >}}',
    "![A graph](a.png) Lag by day",
  ],
  [
    "a tag within an item of a list",
    "1. Run:\n\n    {% include step.html %}\n    ~~~ sh\n    ls\n    ~~~\n\n{% include a.md %}",
    "1. Run:\n\n    Included file: step.html\n    ~~~ sh\n    ls\n    ~~~\n\nIncluded file: a.md",
  ],
  ["a tag that is ended twice", "{% tabs %}\n\na\n\n{% endtabs %}%}\nb", "\n\na\n\n\nb"],
  ["a break that is written as an end", "a</br/>b `</br/>`", "a<br/>b `</br/>`"],
  ["a marked word and a mark of a block", "Is ==full== now. ^disk-1", "Is **full** now."],
  [
    "a line of tags so far in that it may be code, and one in a list",
    "<div>\n<p>a</p>\n\n    <td>\n    `b`\n\n- c\n\n    <td>\n    `d`\n    </td>",
    "<div>\n<p>a</p>\n\n    <td>\n`b`\n\n- c\n\n   <!----><td>\n`d`\n   </td>",
  ],
  [
    "the end of a tag with its letters in another order",
    "Press <kbd>A</kdb>, `<kbd>B</kdb>` and <em>c</b>",
    "Press <kbd>A</kbd>, `<kbd>B</kdb>` and <em>c</b>",
  ],
]);
