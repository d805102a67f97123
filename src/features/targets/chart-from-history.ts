/** A chart from the samples that the bot keeps of a target. */

import { duration } from "../../block-kit/times.ts";
import { HISTORY_MS, type HistoryReader } from "../../history/history.ts";
import { drawn, noChart, undrawn, unknownText } from "./chart-answers.ts";
import { type ChartPorts, type ChartRequest, SHORTEST_CHART_MS } from "./chart-source.ts";
import type { ChartAnswer } from "./render-chart.ts";

/** As much of the window as was polled; the notes say what is missing. */
export async function fromHistory(
  { charts, memory }: ChartPorts,
  { what, target, windowMs, nowMs }: ChartRequest,
): Promise<ChartAnswer> {
  const { firstMs = nowMs } = memory.history(target).stats();
  const wantedMs = Math.min(windowMs, HISTORY_MS);
  const seenMs = Math.max(SHORTEST_CHART_MS, nowMs - firstMs);
  const wanted = await charts.draw(target, { what, windowMs: wantedMs, nowMs });
  // Whoever has just begun has seen less than the time between two moments of an hour.
  const isYoung = wanted.kind === "empty" && seenMs < wantedMs;
  const shownMs = isYoung ? seenMs : wantedMs;
  const answer = isYoung ? await charts.draw(target, { what, windowMs: shownMs, nowMs }) : wanted;
  switch (answer.kind) {
    case "picture": {
      const notes = [
        ...answer.notes,
        ...(isYoung
          ? [`I have polled it for ${duration(nowMs - firstMs)}: that is all I can draw.`]
          : []),
        ...(windowMs > HISTORY_MS ? [ONE_HOUR] : []),
      ];
      return drawn({ ...answer, target, windowMs: shownMs, notes, from: "the bot's samples" });
    }
    case "empty":
      return answer.unknown.length === 0
        ? noChart(
            { title: answer.title, target: target.name, why: "too-early" },
            emptyText(memory.history(target), nowMs),
          )
        : noChart(
            { title: answer.title, target: target.name, why: "nothing" },
            ...answer.unknown.map(unknownText),
          );
    case "none":
    case "not-understood":
    case "overtaxed":
    case "refused":
      return undrawn(answer, what.text, target);
  }
}

const ONE_HOUR =
  "I keep one hour of samples. For more, set `prometheus` of this target in the configuration.";

function emptyText(history: Pick<HistoryReader, "stats">, nowMs: number): string {
  const { firstMs = nowMs } = history.stats();
  return `It has fewer than two values in my samples of ${duration(nowMs - firstMs)}.`;
}
