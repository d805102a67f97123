/** JavaScript in pages of MDX: functions, none of which is text, and templates that hold code. */

import { testHabits } from "../../support/habits.ts";

testHabits([
  [
    "what only a browser computes",
    "import A from 'a';\n\n<BrowserOnly>\n  {() => <Search />}\n</BrowserOnly>\n\n<ClientOnly>{() => <Box a=\"b\" />}</ClientOnly>\n\n{() => (\n  <p>Mind the gap</p>\n)}\n\nType `{() => <A />}`.",
    "\n\n\n\n\n\n\n\n\n- Mind the gap\n\n\nType `{() => <A />}`.",
  ],
  [
    "code as a template that begins right behind its tag",
    '1. x\n\n   <CodeBlock className="language-sh" title="A">{`df \\\\\n     -h {v}\n   \\`b\\``}</CodeBlock>\n\n<CodeBlock language="sh">{\n`a\n  b`}\n</CodeBlock>\nc',
    '1. x\n\n   <p><b>A</b></p><pre><code class="language-sh">df &#92;&#10;  &#45;h &#123;v&#125;&#10;&#96;b&#96;</code></pre>\n\n\n\n<pre><code class="language-sh">a&#10;  b</code></pre>\n\n\n\nc',
  ],
  [
    "such a template that nothing ends, and one in code",
    "<CodeBlock>{`a\n\nb\n\n```\n<CodeBlock>{`c\nd`}</CodeBlock>\n```",
    "{`a\n\nb\n\n```\n<CodeBlock>{`c\nd`}</CodeBlock>\n```",
  ],
  [
    "an export longer than most pages",
    `export const A = () => {\n${"  a();\n\n".repeat(200)}};\n\nx`,
    `${"\n".repeat(403)}x`,
  ],
]);
