/** Components, and what MDX imports, exports and computes. */

import { testHabits } from "../../support/habits.ts";

testHabits([
  [
    "what WebC gives a component, and not what Vue does by it",
    '<a-player @slug="a" @label="The talk" @click="go"></a-player> `<a @label="b">`',
    '<a-player label="The talk"></a-player> `<a @label="b">`',
  ],
  [
    "a page that MDX takes in",
    'import Steps from "../_steps.md";\n\n1. a\n\n   <Steps of="b" />\n\n`<Steps />`',
    "\n\n1. a\n\n   Included file: ../_steps.md\n\n`<Steps />`",
  ],
  [
    "a label that only its component knows, and a file that one shows",
    'Open <ConsoleLabel name="overview"/>, <Icon name="x"/> then.\n\n<CodeSample filename=\'a/b.tf\' />',
    "Open `overview`,  then.\n\nIncluded file: a/b.tf",
  ],
  [
    "a component without a body in an item of a tab",
    '<Tab title="A">\n\n1. Click <B of="c" />\n   twice.\n2. d\n\n   e\n\n</Tab>',
    "## A\n\n1. Click \n   twice.\n2. d\n\n   e\n\n",
  ],
  ["a remark whose words begin on its line", "<Note>Take\ncare.</Note>", "**Note:** Take\ncare."],
  [
    "tabs, cards, images and files of MyST",
    "````{tab-set}\n```{tab-item} Linux\nrun\n```\n````\n\n:::{card} More\n:link: a\nx\n:::\n\n```{figure} a.png\n:alt: b\nWords\n```\n\n```{toctree}\n:maxdepth: 1\na\n```",
    "\n## Linux\nrun\n\n\n<!--:goes on below 1-->\n**More**  \n\nx\n\n\n![b](<a.png>)\n\nWords\n\n\n\n```\na\n```",
  ],
  [
    "code of MyST in an item, its options, and none of them",
    "1. a\n\n   ```{code-block} sh\n   :linenos:\n\n   df\n   ```\n\n- ```{code} yaml\n  ---\n  b: 1\n  ```",
    "1. a\n\n\n\n   ```sh\n   df\n   ```\n\n- ```yaml\n  ---\n  b: 1\n  ```",
  ],
  [
    "captions of lists of pages, of code and of directives with colons",
    '::::{code} yaml\n:caption: Of `d`\n:filename: c.yml\n:::{note}\n:::\n::::\n\n```{toctree}\n:caption: For operators\n:hidden:\na\n```\n\n```{code-block} yaml\n---\ncaption: "a.yml"\n---\nb: 1\n```\n\n:::{toctree}\n:caption: More\nc\n:::',
    '\n\n```yaml title="c.yml: Of d"\n:::{note}\n:::\n```\n\n\n\n``` title="For operators"\na\n```\n\n\n\n\n```yaml title="a.yml"\nb: 1\n```\n\n\n``` title="More"\nc\n```',
  ],
  ["an icon with attributes", "- :an-icon:{ .lg .middle } Set up", "- :an-icon: Set up"],
  [
    "tabs in JSX",
    '<Tabs>\n<TabItem value="a" label="Apple">\n\nx\n\n</TabItem>\n</Tabs>',
    "\n## Apple\n\nx\n\n\n",
  ],
  ["imports of MDX", "import Tabs from '@theme/Tabs';\n\ntext", "\n\ntext"],
  [
    "imports and computed values of MDX over several lines",
    "import {\n  A,\n} from '@a/b';\nexport const rows = [\n  { a: 1 },\n];\n\ntext",
    "\n\n\n\n\n\n\ntext",
  ],
  [
    "an export that nothing ends, and prose behind it",
    'import A from "b";\n\nexport const x = {\n  a: 1,\n\nStop it with } now.\n\nexport const open = "{";\n\nMore } words.',
    "\n\n\n\n\nStop it with } now.\n\n\n\nMore } words.",
  ],
  [
    "exports of templates, of components with empty lines and of other files, and words that are none",
    "export const a = `\n{ b\n`;\nexport { C } from './c.mdx'\nexport const D = () => (\n  <p>it's {d}</p>\n\n  <p>e</p>\n);\nexport const \nspeed = 2;\n\nThen\nexport default values to a file.",
    "\n\n\n\n\n\n\n\n\n\n\n\nThen\nexport default values to a file.",
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
    "code that shows what is computed, beside what is",
    "`<a href={x}>{' '}` and <a href={`/b`}>it</a>.",
    "`<a href={x}>{' '}` and <a href=\"/b\">it</a>.",
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
    "a fence of MDX that ends further in",
    "import a from 'b'\n\n- x\n  ```js\n  run()\n          ```\n\nAfter.",
    "\n\n- x\n  ```js\n  run()\n  ```\n\nAfter.",
  ],
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
    "remarks as elements",
    '<warning title="Mind">\n  It deletes.\n</warning>\n\n<note>x</note> and <tip>',
    "**Warning: Mind**  \n  It deletes.\n\n\nx and <tip>",
  ],
  [
    "an include of Fumadocs",
    "> <include cwd>a/b.mdx</include>\n\n<include meta='title=\"c.ts\"'>\n  ../c.ts\n</include>",
    "> Included file: a/b.mdx\n\n**c.ts**  \n  ../c.ts\n",
  ],
  [
    "what stands far in within HTML that computes something, over several lines",
    'import A from "a";\n\n<a style={{color: "red"}}\n    href="../a">\n        <img style={{margin: "0"}}\n            alt="B &lt;https://e.example&gt;" src="b.png" />\n        Read **this**.\n</a>',
    '\n\n<a href="../a">\n    <!---->\n        <img alt="B &lt;https://e.example&gt;" src="b.png" />\n            <!---->\n        Read **this**.\n</a>',
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
  ["a frame that JSX ends in its tag", 'a <iframe src="b" /> c', 'a <iframe src="b"></iframe> c'],
  [
    "a style that JSX ends in its tag",
    'import A from "a";\n\n<style dangerouslySetInnerHTML={{__html: `\n  .a {}\n`}} />\n\na <script src="a.js" /> b <pre />',
    '\n\n<style></style>\n\n\n\na <script src="a.js"></script> b ',
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
  [
    "links that Jekyll computes",
    '[A]({% link {{site.v}}/a.md %}#x) ![B]({{ "/b.png" | relative_url }}) [C]({{site.url}}{{ site.baseurl }}/c) [D]({{< baseurl >}}/d) [E]({{ page.version }}/e)',
    "[A](a.md#x) ![B](/b.png) [C](/c) [D](/d) [E](e)",
  ],
  [
    "attributes at the end of a line and behind a link",
    "- a step {#step-1}\n[x](y){ .button }\nget {.items}",
    "- a step\n[x](y)\nget {.items}",
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
    "objects and elements that a component is given",
    '<Faq\n  style={{ border: "1px solid red" }}\n  entries={[\n    { q: "Is it slow?", a: "Yes, it is." },\n  ]}\n  footer={<p>More <b>below</b>.</p>}\n/>',
    "**Faq**  \n\n\n- Is it slow?: Yes, it is.\n\n- More below .\n",
  ],
  [
    "labels side by side",
    'Roles <Tag type="new">New</Tag><Tag>Cloud</Tag> and <Tag>a</Tag>s',
    "Roles New Cloud and as",
  ],
  [
    "the text of a tooltip",
    'An <Hint tip="Application interface">API</Hint> here.',
    "An API (Application interface) here.",
  ],
  [
    "a component without attributes, since the page ends it",
    "<Other>\nx\n</Other>\nThe <Topic> of `<Other>`.",
    "\nx\n\nThe <Topic> of `<Other>`.",
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
  ["a card on one line", '<Card title="More" href="/x">Read it</Card>', "**[More](/x):** Read it"],
  [
    "words that a component takes as a value",
    '<Term value="Laser Printer" index={0} />',
    "Laser Printer",
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
  [
    "a computed address over two lines",
    "See [it]({{ site.home\n}}/a/1) and\nmore.",
    "See [it](a/1)\nand\nmore.",
  ],
  [
    "an include below a folder that is computed",
    "{% include {{ page.version.name }}/sql/note.md %}",
    "Included file: sql/note.md",
  ],
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
  [
    "a tab of MDX on one line",
    '<TabItem value="a" label="Java">use `x`</TabItem>',
    "**Java:** use `x`",
  ],
  ["a component with a title", '<Step title="Check">\nx\n</Step>', "**Check**  \nx\n"],
  ["a card", '<Card title="More" href="/x" />', "[More](/x)"],
  ["a card within a line", 'See <Card title="More" href="/x" />.', "See [More](/x)."],
  ["an expression of MDX", "{`a.b --c=d`}", "{`a.b --c=d`}"],
  ["a comment of MDX", "a {/* hidden\nhidden */} b", "a \nb"],
  ["an attribute list of kramdown", "## A\n{: #disk .x}\n\ntext", "## A {#disk}\n\n\ntext"],
  [
    "a link among words whose address is computed in the next line",
    'import A from "a";\n\nSee <a href={given ??\n"https://a.example/b"}>the code</a>.',
    '\n\nSee <a href="https://a.example/b">the code</a>.\n',
  ],
  [
    "code of several lines that is computed between paragraphs",
    'import A from "a";\n\n{given && (<>\n<CodeBlock language="yaml" title="A">\n{`b:\n  c: \\d`}\n</CodeBlock>\n</>)}',
    '\n\n\n- A\n\n<pre><code class="language-yaml">b&#58;&#10;  c&#58; &#92;d</code></pre>\n\n',
  ],
  [
    "components that lead somewhere, around words and around code; a component that names a kind of change leads nowhere",
    'See <Link to="/a">the page</Link>, <Link to="/b"> `b` </Link> or <Change from="1" to="2">c</Change>.\n\n- <Button href="https://x.example" color="red">Go</Button> then\n\n<Card href="/d" title="D">Of d.</Card>\n\n`<Link to="/e">e</Link>`',
    'See [the page](/a),  [`b`](/b)  or c.\n\n- [Go](https://x.example) then\n\n**[D](/d):** Of d.\n\n`<Link to="/e">e</Link>`',
  ],
  [
    "the names and the defaults of a reference's items",
    '<HclListItem name="disk" requirement="optional" type="string">\n\nIts name.\n\n<HclListItemDefaultValue defaultValue="&quot;a&quot;"/>\n</HclListItem>\n\n<HclListItem name="arn">\n</HclListItem>',
    '**`disk` (string, optional)**  \n\nIts name.\n\nDefault: `"a"`\n\n\n**`arn`**  \n',
  ],
  [
    "components that lead somewhere, over several lines",
    'See <Link to="/a">\nthe page\n</Link> now.\n\n<Button\n  href="/b"\n>\n  Go\n  there\n</Button>\n\n<Card href="/c">\n\n## D\n\n</Card>\n\n<Link to="/e">\nf',
    "See \n[the page](/a)\n now.\n\n\n\n\n[Go\nthere](/b)\n\n\n\n\n## D\n\n\n\n\nf",
  ],
]);
