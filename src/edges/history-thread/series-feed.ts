/**
 * Sends the thread which series a history has, a little at a time.
 *
 * The values lie in shared memory; names and labels are texts, which must be copied. A hundred
 * thousand of them are some hundred milliseconds of work once, so the event loop goes on in between;
 * afterwards only changes are sent.
 */

import type { History, SharedHistory } from "../../history/history.ts";
import type { Metric } from "../../history/metric.ts";
import { letOthersRun } from "../let-others-run.ts";
import type { SeriesNews } from "./protocol.ts";

/** Series sent in one turn of the event loop: a few milliseconds. */
const AT_ONCE = 2_000;

export interface SeriesFeed {
  /** Resolves with the values of the moment at which the thread knows all of their series. */
  bringUpToDate(send: (news: SeriesNews) => void): Promise<SharedHistory>;
}

/** Of one target's history, to one thread: what was sent counts as known there. */
export function createSeriesFeed(target: string, history: History): SeriesFeed {
  const sent: (Metric | undefined)[] = [];

  /** What differs, up to the limit; from then on it counts as sent. */
  function differences(): SeriesNews {
    const added: [number, string, Metric["labels"]][] = [];
    const removed: number[] = [];
    const known = history.seriesCount();
    for (let series = 0; series < Math.max(known, sent.length); series++) {
      const metric = history.metric(series);
      const before = sent[series];
      if (metric === before) continue;
      if (before !== undefined) removed.push(series);
      if (metric !== undefined) added.push([series, metric.name, metric.labels]);
      sent[series] = metric;
      if (added.length + removed.length >= AT_ONCE) break;
    }
    return { kind: "series", target, added, removed };
  }

  return {
    async bringUpToDate(send) {
      for (;;) {
        const news = differences();
        const count = news.added.length + news.removed.length;
        if (count > 0) send(news);
        // In the same turn as the last difference, so that no poll comes between.
        if (count < AT_ONCE) return history.share();
        await letOthersRun();
      }
    },
  };
}
