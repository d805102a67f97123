/** Functions of JavaScript in pages of MDX, none of which is text. */

import { testHabits } from "../../support/habits.ts";

testHabits([
  [
    "what only a browser computes",
    "import A from 'a';\n\n<BrowserOnly>\n  {() => <Search />}\n</BrowserOnly>\n\n<ClientOnly>{() => <Box a=\"b\" />}</ClientOnly>\n\n{() => (\n  <p>Mind the gap</p>\n)}\n\nType `{() => <A />}`.",
    "\n\n\n\n\n\n\n\n\n- Mind the gap\n\n\nType `{() => <A />}`.",
  ],
  [
    "an export longer than most pages",
    `export const A = () => {\n${"  a();\n\n".repeat(200)}};\n\nx`,
    `${"\n".repeat(403)}x`,
  ],
]);
