/** Results, verdicts, gaps, subscriptions and Home: within every limit and harmless, whatever stands in them. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { View } from "../../../src/block-kit/view.ts";
import { homeTabOf, modalOf } from "../../../src/edges/slack/view-payload.ts";
import { renderHome } from "../../../src/features/home/render-home.ts";
import { renderResolved } from "../../../src/features/incidents/render-incident-replies.ts";
import { renderRunbook } from "../../../src/features/runbooks/render-runbook.ts";
import {
  askWhatCleared,
  parseVerdict,
  renderNotes,
  renderWhichPart,
  runbookFoot,
  verdictValue,
} from "../../../src/features/search/render-feedback.ts";
import {
  renderGapPage,
  renderGaps,
  renderProposedWords,
} from "../../../src/features/search/render-gaps.ts";
import {
  renderOpened,
  renderSearchPage,
  renderShared,
} from "../../../src/features/search/render-search.ts";
import { renderChosen, renderTypeahead } from "../../../src/features/search/render-typeahead.ts";
import {
  renderSubscribedTo,
  renderSubscriptions,
} from "../../../src/features/subscriptions/render-subscriptions.ts";
import type { Section } from "../../../src/knowledge/page.ts";
import { checkView } from "../../../src/sandbox/slack/check-payload.ts";
import { gapPage } from "../../../src/search/gap-page.ts";
import { proposeWords } from "../../../src/search/propose-words.ts";
import { assertHarmless, hostile } from "../../block-kit/hostile.ts";
import { sectionsOf } from "../../block-kit/sections.ts";
import { firing, incidentOf, T0 } from "../../incidents/notifications.ts";
import fc from "../../support/fast-check.ts";

const SECTIONS = sectionsOf(
  "# Disk\n\n## Full\n\nDelete.\n\n## Slow\n\nWait.\n\n## Gone\n\nPanic.\n",
).slice(1);
const [FULL] = SECTIONS;
assert.ok(FULL !== undefined);

const section: fc.Arbitrary<Section> = fc
  .record({ title: hostile, page: hostile, file: hostile, text: hostile })
  .map(({ title, page, file, text }) => ({
    ...FULL,
    // Ids are paths of files and anchors that GitHub would make: plain, but of any length.
    id: `${"long/".repeat(file.length % 80)}page.md#${text.length}`,
    title,
    headings: [page, title],
    file,
    // A tab in a command is meant.
    markdown: text.replaceAll("\t", " "),
    text: text || "x",
  }));

function assertView(view: View): void {
  for (const payload of [modalOf(view), homeTabOf(view)]) {
    assert.equal(checkView({ ...payload, blocks: [...payload.blocks] }), undefined);
  }
}

describe("a page of results", () => {
  const found = { id: 7, question: "disk", sections: SECTIONS, page: 0, canShare: true };

  test("shows the best in full, and the others with their paths", () => {
    const { text } = renderSearchPage(found, {});
    assert.match(text, /^Disk › Full\nDelete\.\nAlso:\n• Disk › Slow\n• Disk › Gone$/);
  });

  test("carries ids in its buttons, never a question or a long section id", () => {
    const long = { ...FULL, id: `${"long/".repeat(200)}a.md#b` };
    const sections = Array.from({ length: 12 }, () => long);
    const message = renderSearchPage({ ...found, question: "secret words", sections, page: 1 }, {});
    const values = JSON.stringify(message.blocks).match(/"value":"[^"]*"/g) ?? [];
    assert.equal(values.length, 5 + 2, "five to open, and one page back and forth");
    for (const value of values) assert.match(value, /^"value":"[\w~ -]{1,40}"$/);
  });

  test("offers no sharing where there is nobody to share with", () => {
    const message = renderSearchPage({ ...found, canShare: false }, {});
    assert.doesNotMatch(JSON.stringify(message.blocks), /Share/);
  });
});

test("a verdict's value says what it is about", () => {
  for (const about of [{}, { key: "~x" }, { incidentId: "i1", alert: 2, key: "~x" }]) {
    assert.deepEqual(parseVerdict(verdictValue(about)), about);
  }
});

test("what fixed it is asked with the first sentence of each step, which fits its choice", () => {
  const leads = [
    "free what is not ours: old logs, packages. Risk: none for the data, and much more is said of it",
    "delete what is not Streamline's on that disk (old logs, packages, core dumps) or grow the volume; do not restart",
  ];
  const steps = leads.map((lead) => ({ alert: 0, section: FULL, lead }));
  const { blocks } = askWhatCleared({ text: "over", blocks: [] }, "i1", steps);
  const [menu] = blocks.flatMap((block) => (block.type === "actions" ? block.elements : []));
  assert.ok(menu?.type === "static_select");
  assert.deepEqual(
    menu.options?.slice(0, 2).map(({ text }) => text.text),
    [
      "Free what is not ours: old logs, packages",
      "Delete what is not Streamline's on that disk or grow the volume",
    ],
  );
});

test("whatever stands in sections and questions, messages are harmless and within the limits", () => {
  fc.assert(
    fc.property(fc.array(section, { minLength: 1, maxLength: 8 }), hostile, (sections, words) => {
      const [first = FULL] = sections;
      const incident = incidentOf([firing("a", { labels: { alertname: words, severity: words } })]);
      const offered = sections.map((each, alert) => ({ alert, section: each }));
      const steps = offered.flatMap((each) => ["", words].map((lead) => ({ ...each, lead })));
      const found = { id: 1, question: words, sections, canShare: true };
      const gap = { id: 1, text: words, times: 3, people: 2, lastAt: T0 };
      const subscription = { id: 1, what: { kind: "alert", name: words } as const };
      const raised = new Map(sections.map(({ id }) => [id, words]));
      const foot = runbookFoot({ incidentId: "i1", alert: 0 }, "learned");
      for (const message of [
        renderSearchPage({ ...found, page: 0 }, {}),
        renderSearchPage({ ...found, page: 1 }, {}),
        renderOpened({ section: first, canShare: true, from: { id: 1, page: 0 } }, {}),
        renderRunbook(words, sections, {}, { raised, foot }),
        askWhatCleared(renderResolved(incident), incident.id, steps),
        renderWhichPart(true, incident.id, offered),
        renderNotes([{ who: words, at: T0, text: words }]),
        renderGaps(
          Array.from({ length: 8 }, () => gap),
          { more: 3, hidden: 2 },
        ),
        renderSubscriptions([subscription]),
        renderSubscribedTo(subscription.what),
      ]) {
        assertHarmless(message);
      }
      const shared = renderShared(first, words, {});
      assertHarmless(shared);
      const chosen = { section: first, canShare: true };
      for (const view of [renderTypeahead("C1"), renderChosen("C1", chosen, {})]) assertView(view);
      assertView(renderGapPage(gapPage(words, [words])));
      const nearest = { file: words, anchor: words, headings: [words], isRunbook: false };
      const unanswered = { question: words, others: [words], nearest: [nearest], unknown: [words] };
      assertView(renderProposedWords(words, proposeWords(unanswered)));
      assertView(
        renderHome({
          user: "U1",
          nowMs: T0,
          targets: [
            {
              name: "orders-prod",
              rules: [{ alert: words, severity: words, state: "firing" }],
              found: { severity: "critical", title: words },
              seen: { at: T0, answered: true },
            },
          ],
          firing: [{ ...incident, target: words, channel: words }],
          silenced: [incident],
          searches: [{ id: 1, text: words }],
          subscriptions: [subscription],
          problems: [words],
        }),
      );
    }),
    { numRuns: 60 },
  );
});

test("a full Home keeps within Slack's number of blocks", () => {
  const many = <T>(n: number, one: T): T[] => Array.from({ length: n }, () => one);
  const incident = incidentOf([firing("a")], {
    acknowledged: { by: "U1", at: T0, until: T0 + 1 },
    silences: [{ id: "s", by: "U1", at: T0, until: T0 + 1, comment: "" }],
  });
  const { blocks } = homeTabOf(
    renderHome({
      user: "U1",
      nowMs: T0,
      targets: many(50, { name: "t", rules: [] }),
      firing: many(200, incident),
      silenced: many(50, incident),
      searches: many(5, { id: 1, text: "x" }),
      subscriptions: many(20, { id: 1, what: { kind: "alert", name: "A" } }),
      problems: many(100, "broken"),
    }),
  );
  assert.ok(blocks.length <= 100, `${blocks.length} blocks`);
  assert.doesNotMatch(JSON.stringify(blocks), /too many for one view/);
});
