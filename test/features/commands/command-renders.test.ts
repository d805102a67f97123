/** What the commands say: hostile and huge inputs stay within Slack's limits, in both forms. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Message } from "../../../src/block-kit/message.ts";
import { sparkline } from "../../../src/block-kit/sparkline.ts";
import type { GroupReport, Outlook } from "../../../src/diagnosis/lag/group-lag.ts";
import { renderReading } from "../../../src/features/commands/render-answers.ts";
import { renderAlertHistory } from "../../../src/features/history/render-alert-history.ts";
import { renderAlerts } from "../../../src/features/history/render-alerts.ts";
import { renderHandoff } from "../../../src/features/history/render-handoff.ts";
import {
  renderExported,
  renderTimeline,
  renderWhichIncident,
} from "../../../src/features/history/render-timeline.ts";
import {
  renderUnavailable,
  renderUnknownName,
} from "../../../src/features/runbooks/render-absent.ts";
import { renderExplained } from "../../../src/features/search/render-explained.ts";
import { renderChart, renderNoChart } from "../../../src/features/targets/render-chart.ts";
import {
  outlookText,
  rateText,
  renderGroupLag,
  renderGroups,
} from "../../../src/features/targets/render-lag.ts";
import { renderTopics } from "../../../src/features/targets/render-topics.ts";
import { alertHistory } from "../../../src/incidents/alert-history.ts";
import { handoffOf } from "../../../src/incidents/handoff.ts";
import type { Incident } from "../../../src/incidents/incident.ts";
import { assertHarmless, hostile } from "../../block-kit/hostile.ts";
import { sectionsOf } from "../../block-kit/sections.ts";
import { firing, HOUR, incidentOf, T0 } from "../../incidents/notifications.ts";
import fc from "../../support/fast-check.ts";

const NOW = T0 + HOUR;
const MANY = 300;
const jumpTo = (channel: string, ts: string) => `https://x.slack.com/archives/${channel}/p${ts}`;

function many<T>(make: (n: number) => T): T[] {
  return Array.from({ length: MANY }, (_, n) => make(n));
}

function stranger(text: string, change: Partial<Incident> = {}): Incident {
  const alerts = [0, 1].map((n) =>
    firing(`f${n}`, { labels: { alertname: text, severity: text, [text]: text } }),
  );
  return incidentOf(alerts, {
    target: text,
    messageTs: "1.1",
    acknowledged: { by: "U0ALICE", at: T0, until: 1e99 },
    silences: [{ id: "s", by: text, at: T0, until: 1e99, comment: text }],
    ...change,
  });
}

/** A page is read as UTF-8, so no half character is in it. */
function titled(text: string) {
  return sectionsOf(`## ${text.replace(/\s+/g, " ").toWellFormed()}\n\nx`);
}

const OUTLOOKS: readonly Outlook[] = [
  { kind: "unknown" },
  { kind: "catches-up", inMs: 1e30 },
  { kind: "never", shortBy: 1e30 },
  { kind: "stays", rate: 0.001 },
  { kind: "stopped", arrive: 0 },
];

function reportOf(text: string, outlook: Outlook): GroupReport {
  const rates = { read: 1e12, arrive: 1e-9 };
  const partitions = many((partition) => ({ topic: text, partition, lag: 1e15, rates }));
  return { group: text, state: text, members: 1e9, total: 1e18, outlook, rates, partitions };
}

const RENDERERS: Readonly<Record<string, (text: string) => Message>> = {
  alerts: (text) =>
    renderAlerts({
      incidents: many(() => stranger(text)),
      others: 1e6,
      isMore: true,
      page: 7,
      nowMs: NOW,
      jumpTo,
      target: text,
    }),
  handoff: (text) => {
    const open = many((n) => stranger(text, { id: `i${n}` }));
    const resolved = many(() => stranger(text, { status: "resolved", resolvedAt: NOW }));
    const handoff = handoffOf({ open, recent: resolved }, { sinceMs: 0, nowMs: NOW });
    return renderHandoff({ handoff, windowMs: HOUR, nowMs: NOW, jumpTo, gaps: many(() => text) });
  },
  history: (text) =>
    renderAlertHistory({
      alert: text,
      history: alertHistory(
        many(() => stranger(text)),
        NOW,
        true,
      ),
      helped: titled(text).map((section) => ({
        section,
        useful: 3,
        notUseful: 1,
        cleared: 2,
      })),
      fixes: many(() => ({ who: text, at: NOW, text })),
      inPrometheus: [],
      hasRunbook: true,
      nowMs: NOW,
      jumpTo,
    }),
  lag: (text) =>
    renderGroupLag(
      reportOf(text, OUTLOOKS[text.length % OUTLOOKS.length] ?? { kind: "unknown" }),
      text,
    ),
  groups: (text) =>
    renderGroups(
      many(() => ({ group: text, state: text, members: 1 })),
      text,
      3,
    ),
  topics: (text) =>
    renderTopics({
      target: text,
      pattern: text,
      topics: many((n) => ({
        name: text,
        partitions: n,
        messages: 1e18,
        bytes: 1e18,
        bytesPerSecond: 1e18,
      })),
      page: 2,
    }),
  chart: (text) =>
    renderChart({
      target: text,
      title: text,
      unit: "count",
      windowMs: HOUR,
      from: "Prometheus",
      picture: {
        timesMs: Array.from({ length: 20 }, (_, n) => T0 + n * 1_000),
        leftOut: 1e6,
        series: Array.from({ length: 12 }, (_, n) => ({
          labels: { [text]: text, n: String(n) },
          values: Array.from({ length: 20 }, (__, m) => (m === 3 ? undefined : m * 1e12)),
        })),
      },
      notes: [text],
    }),
  "no chart": (text) => renderNoChart(text, text, [text, text]),
  unknown: (text) =>
    renderUnknownName({
      what: "group",
      name: text,
      where: text,
      nearest: many(() => text),
      command: (name) => `lag ${name}`,
      words: text,
    }),
  unavailable: (text) =>
    renderUnavailable({ what: "The topics", name: text, address: text, says: text }),
  timeline: (text) => renderTimeline(stranger(text), many(() => text).join("\n"), text),
  exported: (text) =>
    renderExported(
      {
        incident: stranger(text),
        episodes: [],
        entries: [
          { kind: "diagnosed", at: NOW, title: text },
          {
            kind: "did",
            at: NOW,
            who: text,
            action: "feedback",
            detail: { verdict: "other", note: text },
          },
        ],
        chart: {
          check: { title: text, chartUnit: "count" },
          timesMs: [NOW - 60_000, NOW],
          series: many(() => ({ labels: { topic: text, group: text }, values: [1, 2] })),
        },
      },
      jumpTo,
    ),
  "which incident": (text) => renderWhichIncident([stranger(text), stranger(text)], NOW),
  explained: (text) =>
    renderExplained({
      question: text,
      meant: text,
      results: titled(text).map((section) => ({
        section,
        found: {
          id: section.id,
          score: 1.5,
          routes: [{ route: "name", score: 1, matched: many(() => text) }],
        },
      })),
    }),
  reading: (text) => renderReading(renderNoChart("x", "y", []), text),
};

for (const [what, render] of Object.entries(RENDERERS)) {
  test(`${what}: any text in it is harmless and within every limit`, () => {
    fc.assert(
      fc.property(hostile, (text) => assertHarmless(render(text))),
      { numRuns: 25 },
    );
  });
}

describe("the outlook of a lag", () => {
  for (const [outlook, expected] of [
    [{ kind: "catches-up", inMs: 23 * 60_000 }, "catches up in 23 min"],
    [{ kind: "never", shortBy: 1_234 }, "never catches up: it falls behind by 1.2k msg/s"],
    [{ kind: "stopped", arrive: 0 }, "stopped: it reads nothing, and nothing arrives"],
    [{ kind: "stopped", arrive: 400 }, "stopped: it reads nothing, and 400 msg/s arrive"],
  ] as const) {
    test(expected, () => {
      assert.equal(outlookText(outlook), expected);
    });
  }

  test("rates have as many digits as a person compares", () => {
    assert.deepEqual(
      [0, 0.25, 66.66, 999, 1_234, 45_678, 2_500_000].map(rateText),
      ["0", "0.25", "66.7", "999", "1.2k", "46k", "2.5M"].map((text) => `${text} msg/s`),
    );
  });
});

test("a course in one line has its lowest and highest bar, and a gap where nothing was", () => {
  assert.equal(sparkline([0, 50, undefined, 100]), "▁▅ █");
  assert.equal(sparkline([7, 7]), "▁▁");
});

test("a page of alerts has ten, and buttons both ways that keep state and target", () => {
  const message = renderAlerts({
    incidents: many((n) => stranger(`A${n}`)),
    others: 0,
    isMore: false,
    page: 2,
    nowMs: NOW,
    jumpTo,
    state: "firing",
    target: "orders",
  });
  const shown = JSON.stringify(message.blocks);
  assert.match(message.text, /^\*?300 incidents are firing on orders, worst first:/);
  assert.match(message.text, /A10[\s\S]*A19/);
  assert.doesNotMatch(message.text, /A20/);
  assert.match(shown, /"value":"alerts firing orders page:1"/);
  assert.match(shown, /"value":"alerts firing orders page:3"/);
  assert.match(message.text, /Page 2 of 30/);
});

test("an open incident's line has severity in colour and word, its age, who has it and a way there", () => {
  const message = renderAlerts({
    incidents: [
      incidentOf([firing("a", { labels: { alertname: "DiskFull", severity: "critical" } })], {
        messageTs: "17.5",
        target: "orders",
        acknowledged: { by: "U0ALICE", at: T0, until: NOW + HOUR },
      }),
    ],
    others: 0,
    isMore: false,
    page: 1,
    nowMs: NOW,
    jumpTo,
  });
  assert.match(
    message.text,
    /🔴 CRITICAL DiskFull · orders, firing for 1 h \(since <!date\^\d+\^\{time\}\|03:00 UTC>\), 👀 acknowledged by <@U0ALICE> until <!date\^\d+\^\{time\}\|05:00 UTC> {2}open \(https:/,
  );
});
