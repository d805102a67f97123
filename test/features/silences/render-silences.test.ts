/** The silence modal and the list of silences: what they say, and that strangers' text is text. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Silence } from "../../../src/alerts/silence.ts";
import { draftFields, LONGEST_PATTERN } from "../../../src/alerts/silence-draft.ts";
import type { View } from "../../../src/block-kit/view.ts";
import { modalOf } from "../../../src/edges/slack/view-payload.ts";
import { renderAct } from "../../../src/features/incidents/render-acts.ts";
import { SILENCE } from "../../../src/features/silences/form-names.ts";
import { renderSilenceDone } from "../../../src/features/silences/render-silence-done.ts";
import {
  renderSilenceForm,
  renderSilenceWords,
  type SilenceForm,
} from "../../../src/features/silences/render-silence-form.ts";
import {
  previewLines,
  type SilencePreview,
} from "../../../src/features/silences/render-silence-preview.ts";
import {
  renderSilences,
  renderWhichToSilence,
} from "../../../src/features/silences/render-silences.ts";
import { checkView } from "../../../src/sandbox/slack/check-payload.ts";
import { assertHarmless, hostile } from "../../block-kit/hostile.ts";
import { firing, HOUR, incidentOf, T0 } from "../../incidents/notifications.ts";
import fc from "../../support/fast-check.ts";

const PREVIEW: SilencePreview = {
  subject: "incident",
  now: {
    kind: "answered",
    hidden: 1,
    others: 0,
    total: 3,
    isEverything: false,
    names: [{ name: "A", count: 1 }],
  },
  past: { days: 7, alerts: 0, incidents: 0, names: [], isComplete: true },
};

function form(change: Partial<SilenceForm> = {}): SilenceForm {
  return {
    subject: "A, 1 alert firing",
    address: "http://alertmanager:9093",
    takenIn: [],
    draft: "0123456789ab",
    fields: draftFields([{ alertname: "A", instance: "broker-1" }]),
    chosen: [],
    duration: "1h",
    other: "",
    comment: "",
    preview: PREVIEW,
    metadata: "{}",
    ...change,
  };
}

/** Fails when Slack would refuse the view, or a stranger's text in it is more than text. */
function assertHarmlessView(view: View): void {
  const modal = modalOf(view);
  assert.equal(checkView({ ...modal }), undefined);
  const { blocks } = view;
  assertHarmless({ text: "x", blocks: blocks.filter(({ type }) => type !== "input") });
  assert.doesNotMatch(JSON.stringify(modal), /[\u202E\u2066]/);
}

test("what it hides, for how long and why stand before the labels", () => {
  const { blocks } = renderSilenceForm(form());
  const places = blocks.map((block) => ("block_id" in block ? `${block.block_id}` : ""));
  const at = (id: string): number => places.indexOf(id);
  const hides = blocks.findIndex((block) => JSON.stringify(block).includes("would be hidden"));
  const [label] = places.filter((id) => id.includes("0123456789ab"));
  assert.ok(label !== undefined, "the labels are there");
  assert.ok(0 <= hides && hides < at(SILENCE.duration));
  assert.ok(at(SILENCE.duration) < at(SILENCE.comment));
  assert.ok(at(SILENCE.comment) < at(label));
});

describe("the preview says", () => {
  for (const [what, change, expected] of [
    ["what is hidden now, of how many", {}, "Now: 1 alert of 3 that fire would be hidden: A."],
    [
      "which of it is not the incident's",
      { now: { ...PREVIEW.now, hidden: 2, others: 1 } },
      "⚠️ 1 alert of them is not part of this incident.",
    ],
    [
      "that nothing would be left",
      { now: { ...PREVIEW.now, hidden: 3, others: 2, isEverything: true } },
      "⛔ That is everything that fires now, more than this incident: narrow it.",
    ],
    [
      "that Alertmanager cannot tell",
      { now: { kind: "failed", problem: "It is down." } },
      "⚠️ Now: I cannot tell. It is down.",
    ],
    [
      "that the past is not known in whole",
      {
        past: {
          ...PREVIEW.past,
          alerts: 4,
          incidents: 2,
          names: [{ name: "A", count: 4 }],
          isComplete: false,
        },
      },
      "In the last 7 days: at least 4 alerts in 2 incidents would have been hidden: A (4).",
    ],
  ] as const) {
    test(what, () => {
      const lines = previewLines({ ...PREVIEW, ...change } as SilencePreview);
      assert.ok(lines.includes(expected), lines.join("\n"));
    });
  }
});

describe("the modal", () => {
  test("keeps within Slack's limits and harmless, whatever stands in labels and answers", () => {
    const labels = fc.dictionary(hostile, hostile, { maxKeys: 60 });
    fc.assert(
      fc.property(
        fc.array(labels, { minLength: 1, maxLength: 3 }),
        hostile,
        hostile,
        (all, text, other) => {
          const names = [{ name: text, count: 2 }];
          const preview: SilencePreview = {
            subject: "alert",
            now: { kind: "failed", problem: text },
            past: { ...PREVIEW.past, alerts: 2, incidents: 1, names },
          };
          const view = renderSilenceForm(
            form({
              subject: text,
              notice: other,
              problem: text,
              fields: draftFields(all),
              preview,
            }),
          );
          assertHarmlessView(view);
          assertHarmlessView(renderSilenceWords(`Not so: ${text}`));
        },
      ),
      { numRuns: 60 },
    );
  });

  test("shows a value that is cut in its choice below the field", () => {
    const view = renderSilenceForm(
      form({ fields: draftFields([{ path: `/data/${"x".repeat(200)}` }]) }),
    );
    assert.match(
      JSON.stringify(view.blocks),
      /"hint":\{"type":"plain_text","text":"\/data\/x{100}/,
    );
  });

  test("says which labels it leaves out since their values would fill pages", () => {
    const fields = draftFields(["1", "2"].map((n) => ({ a: "1", b: n.repeat(LONGEST_PATTERN) })));
    assert.match(JSON.stringify(renderSilenceForm(form({ fields })).blocks), /Left out, .*: b"/);
  });
});

function silence(change: Partial<Silence> = {}): Silence {
  return {
    id: "5b0c2a1e-0000-4000-8000-000000000000",
    matchers: [{ name: "alertname", value: "A", isRegex: false, isEqual: true }],
    startsAt: T0 - HOUR,
    endsAt: T0 + HOUR,
    createdBy: "U0ALICE",
    comment: "disk swap",
    state: "active",
    ...change,
  };
}

describe("the list of silences", () => {
  const listed = (change: Partial<Silence> = {}) => ({
    silence: silence(change),
    hidden: [],
    reasons: [],
  });
  const at = (...all: ReturnType<typeof listed>[]) => [
    { address: "http://am:9093", answer: { kind: "answered" as const, listed: all } },
  ];

  test("says age, who, until, why and what it hides", () => {
    const hidden = [{ fingerprint: "a", labels: { alertname: "A" }, silencedBy: [] }];
    const { text } = renderSilences(
      [
        {
          address: "http://am:9093",
          answer: {
            kind: "answered",
            listed: [{ silence: silence(), hidden, reasons: ["lasts-long"] }],
          },
        },
      ],
      T0,
    );
    assert.match(
      text,
      /1 silence in Alertmanager at http:\/\/am:9093, 1 of them perhaps forgotten/,
    );
    assert.match(text, /`alertname="A"` {2}· {2}\*lasts.* days\*/);
    assert.match(
      text,
      /made 1 h ago by <@U0ALICE>, until .*“disk swap” {2}· {2}hides 1 alert now: A/,
    );
  });

  test("that is empty says so, and one that is not known says why", () => {
    assert.match(renderSilences(at(), T0).text, /Nothing is silenced/);
    const failed = {
      address: "http://am:9093",
      answer: { kind: "failed" as const, problem: "It is down." },
    };
    assert.match(renderSilences([failed], T0).text, /silences cannot be read\. It is down\./);
    assert.match(renderSilences([], T0).text, /No Alertmanager is configured/);
  });

  test("that is long shows the first ones and counts the rest", () => {
    const many = Array.from({ length: 40 }, (_, n) => listed({ id: `s${n}` }));
    const message = renderSilences(at(...many), T0);
    assert.match(message.text, /25 more silences not listed here/);
    assert.equal(message.blocks.filter(({ type }) => type === "section").length, 16);
  });

  test("is harmless whatever stands in it", () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, (name, value, text) => {
        const matchers = Array.from({ length: 8 }, () => ({
          name,
          value,
          isRegex: true,
          isEqual: false,
        }));
        const hidden = [{ fingerprint: "a", labels: { alertname: value }, silencedBy: [] }];
        const one = {
          silence: silence({ matchers, comment: text, createdBy: name }),
          hidden,
          reasons: [],
        };
        assertHarmless(
          renderSilences(
            [
              {
                address: "http://am:9093",
                answer: { kind: "answered", listed: Array.from({ length: 20 }, () => one) },
              },
              { address: "http://b:9093", answer: { kind: "failed", problem: value } },
            ],
            T0,
          ),
        );
        assertHarmless(renderWhichToSilence("Which one?", [{ value: "i1", label: value }]));
        const made = {
          id: "s",
          by: "U1",
          at: T0,
          until: T0,
          comment: text,
          alertmanager: "http://am:9093",
          matchers,
        };
        const incident = incidentOf([firing("a")]);
        const reply = renderAct({ kind: "silenced", silence: made }, incident);
        const { text: said } = reply;
        assert.doesNotMatch(said.replace(/<@U1>/g, "").replace(/<!date[^>]*>/g, ""), /[<>]/);
        assertHarmlessView(renderSilenceDone({ silence: made, hidden: 1, isIncident: true }));
      }),
      { numRuns: 100 },
    );
  });
});
