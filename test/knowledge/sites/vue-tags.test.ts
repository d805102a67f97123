/** Components of Vue, which computes attributes in quotes. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { shownOf } from "../read-texts.ts";

test("what a component of Vue is given is said, and leads where it says", () => {
  const page = [
    "# Start",
    "",
    '<CardGrid :cards="[',
    "{",
    "title: 'Disks',",
    "details: 'How to free space',",
    "link: '/ops/disks'",
    "},",
    "{ title: 'Leads nowhere [yet]', link: '/x' }",
    ']"/>',
    "",
    "<CardGrid v-bind:cards=\"[{ title: 'Nodes', link: 'https://a.example/n' }]\" @click=\"go('x y')\" :isOpen=false />",
  ].join("\n");
  const { markdown } = shownOf(page);
  assert.equal(
    markdown?.replace(/\n{2,}/g, "\n"),
    "- [Disks](/ops/disks): How to free space\n- Leads nowhere [yet]\n[Nodes](https://a.example/n)",
  );
});

test("a component that JSX takes for one is read as that", () => {
  const { markdown } = shownOf(`# Start\n\n<Card title='set :a="b"' items={["One thing"]} />`);
  assert.match(markdown ?? "", /set :a="b"/);
  assert.match(markdown ?? "", /One thing/);
});
