/** Buttons that open sections. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { sectionButtons } from "../../../src/features/runbooks/section-buttons.ts";
import type { Section } from "../../../src/knowledge/page.ts";
import { sectionsOf } from "../../block-kit/sections.ts";
import { sectionButtonsIn } from "./section-buttons-in.ts";

const PAGE =
  "# Replication lags\n\n## Meaning\n\nFollowers are behind.\n\n## Diagnosis\n\nAsk the group.\n";

test("below the name of its page a section's button carries its own name alone", () => {
  const [, meaning, diagnosis] = sectionsOf(PAGE);
  assert.ok(meaning !== undefined && diagnosis !== undefined);
  const labels = (namedPage?: string) =>
    sectionButtonsIn(sectionButtons([meaning, diagnosis], namedPage)).map(({ label }) => label);
  assert.deepEqual(labels(meaning.file), ["Meaning", "Diagnosis"]);
  assert.deepEqual(labels("runbooks/Other.md"), labels());
  assert.match(labels()[0] ?? "", /^Meaning · Replication lags/);
});

test("five sections get a button, the others are counted, as is one whose id no button carries", () => {
  const [section] = sectionsOf("## A\n\nwords\n");
  assert.ok(section !== undefined);
  const many: Section[] = Array.from({ length: 8 }, (_, n) => ({ ...section, id: `a#${n}` }));
  const blocks = sectionButtons([{ ...section, id: "x".repeat(3_000) }, ...many]);
  assert.equal(sectionButtonsIn(blocks).length, 5);
  assert.match(JSON.stringify(blocks), /and 4 more sections/);
});
