/** A target's history as its rules see it, with the labels that Prometheus would add. */

import type { Labels } from "../../exposition/sample.ts";
import type { History } from "../../history/history.ts";
import { dropLabels, NAME } from "../../history/metric.ts";

/**
 * A history of one target as the rules see it: conditions on the labels that Prometheus adds hold for all
 * of it, but for `up`, which carries job and instance here, too. No series shows those two, so that
 * `on (job, instance)` finds the series of the one target on both sides.
 */
export function asScraped(history: History, labels: Labels = {}): History {
  const isAdded = (label: string): boolean =>
    SCRAPE_LABELS.has(label) || Object.hasOwn(labels, label);
  return {
    ...history,
    get revision() {
      return history.revision;
    },
    select(matchers) {
      const isUp = matchers.some(({ label, value }) => label === NAME && value === "up");
      const kept = matchers.filter(({ label }) => {
        return label === NAME || !isAdded(label) || (isUp && SCRAPE_LABELS.has(label));
      });
      return history.select(kept);
    },
    metric(series) {
      const metric = history.metric(series);
      return metric?.name === "up" ? dropLabels(metric, SCRAPE_LABELS) : metric;
    },
  };
}

/** Labels that Prometheus adds to whatever it scrapes. Our history is of one target and lacks them. */
const SCRAPE_LABELS: ReadonlySet<string> = new Set(["job", "instance"]);
