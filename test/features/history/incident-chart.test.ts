/** The chart of a timeline: of the first cause that was found, over the incident's own time. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMITS } from "../../../src/block-kit/limits.ts";
import { drawChart } from "../../../src/diagnosis/draw-chart.ts";
import { incidentChart } from "../../../src/features/history/incident-chart.ts";
import { renderExported } from "../../../src/features/history/render-timeline.ts";
import { createHistory } from "../../../src/history/history.ts";
import { type KeptEvent, storyOf } from "../../../src/incidents/story.ts";
import { checkOf, sample } from "../../diagnosis/checks.ts";
import { TARGET } from "../../diagnosis/polls.ts";
import { firing, incidentOf, MINUTE, T0 } from "../../incidents/notifications.ts";

const CHECK = checkOf(`  - id: behind
    title: behind
    expr: lag > 10
    needs: [{series: lag}]
    finding: "behind"
    chart: lag`);

function portsAt(nowMs: number) {
  const history = createHistory();
  for (let timeMs = T0 - 40 * MINUTE; timeMs <= nowMs; timeMs += MINUTE / 2) {
    const topics = Array.from({ length: 9 }, (_, n) => `t${n}`);
    const lag = (n: number): number => (timeMs >= T0 ? 500 + n : n);
    history.append(
      timeMs,
      topics.map((topic, n) => sample("lag", lag(n), { topic })),
    );
  }
  return {
    whySlow: { checks: () => [CHECK] },
    charts: {
      draw: async (_: unknown, request: Parameters<typeof drawChart>[1]) =>
        drawChart(history, request),
    },
    targets: [TARGET],
    clock: { now: () => nowMs },
  };
}

const INCIDENT = {
  ...incidentOf([firing("a")], { target: TARGET.name }),
  openedAt: T0,
  found: [{ check: "behind", title: "behind", since: T0 }],
};

test("an incident that is over is drawn with what was before it, in as many lines as Slack draws", async () => {
  const over = { ...INCIDENT, status: "resolved" as const, resolvedAt: T0 + 10 * MINUTE };
  const chart = await incidentChart(portsAt(T0 + 20 * MINUTE), over);
  assert.ok(chart !== undefined);
  assert.ok((chart.timesMs[0] ?? T0) < T0, "it begins before the alert");
  assert.ok((chart.timesMs.at(-1) ?? 0) <= T0 + 13 * MINUTE, "it ends with the incident");
  const fixed: KeptEvent = {
    kind: "audit",
    at: T0 + 11 * MINUTE,
    who: "U0ALICE",
    action: "feedback",
    detail: { verdict: "other", note: "more consumers" },
  };
  const message = renderExported({ ...storyOf(over, [fixed], []), chart }, () => undefined);
  assert.match(message.text, /Cause.*: behind\..*fixed it: more consumers/);
  const block = message.blocks.find(({ type }) => `${type}` === "data_visualization");
  const { series = [] } = (block as { chart?: { series: unknown[] } } | undefined)?.chart ?? {};
  assert.ok(series.length >= 1 && series.length <= LIMITS.chartSeries);
  assert.match(message.text, /behind: \d+ to \d+, at the end \d+/);
  assert.doesNotMatch(JSON.stringify(message), /"now"|"ago"/);
});

test("without a cause, or of a time that is not kept, there is none", async () => {
  const ports = portsAt(T0 + 20 * MINUTE);
  const { found: _, ...unexplained } = INCIDENT;
  assert.equal(await incidentChart(ports, unexplained), undefined);
  assert.equal(await incidentChart(ports, { ...INCIDENT, target: "elsewhere" }), undefined);
  const late = { ...ports, clock: { now: () => T0 + 3 * 60 * MINUTE } };
  assert.equal(await incidentChart(late, INCIDENT), undefined);
});
