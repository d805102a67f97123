/** A review of a channel's alerts, as a message to it. */

import { bold, plain } from "../../block-kit/blocks.ts";
import type { Message } from "../../block-kit/message.ts";
import {
  footnote,
  headline,
  listOf,
  messageOf,
  type Part,
  paragraphOf,
} from "../../block-kit/parts.ts";
import { count, line, listed } from "../../block-kit/text.ts";
import { duration } from "../../block-kit/times.ts";
import type { Review } from "../../incidents/review.ts";
import { meansText } from "../history/render-alert-history.ts";

export interface ReviewView {
  readonly review: Review;
  readonly windowMs: number;
  /** More incidents than were read. */
  readonly isCut: boolean;
}

const NAME = 60;
const SHOWN = 8;

/** `isCut` says that not all incidents of the time were read. */
export function renderReview({ review, windowMs, isCut }: ReviewView): Message {
  const span = duration(windowMs);
  const { incidents, firings, means, noisiest, flapping, unanswered, withoutRunbook } = review;
  if (firings === 0) return messageOf([headline(`📋 Alert review, last ${span}: nothing fired.`)]);
  const many = `${count(incidents, "incident")}, ${count(firings, "firing")}`;
  return messageOf([
    headline(`📋 Alert review, last ${span}: ${isCut ? "at least " : ""}${many}.`),
    ...(meansText(means) === "" ? [] : [paragraphOf([plain(meansText(means))])]),
    ...about(
      "Fired most:",
      noisiest.map(
        ({ alert, firings: times, ms }) =>
          `${named(alert)}: ${count(times, "time")}, ${duration(ms)} in all`,
      ),
    ),
    ...about(
      "With a longer “for:”, the rule would not have fired so often:",
      review.longerFor.map(
        ({ alert, byMs, spared, firings: times }) =>
          `${named(alert)}: ${duration(byMs)} more avoids ${spared} of ${times} firings`,
      ),
    ),
    ...about(
      "Fired several times, and nobody acknowledged it:",
      unanswered.map(({ alert, firings: times }) => `${named(alert)}: ${count(times, "time")}`),
    ),
    ...names("Flapping:", flapping),
    ...names("Without a runbook:", withoutRunbook),
    footnote(
      "This is about the alerts of this channel. More about one of them: /streamline history ALERT",
    ),
  ]);
}

function named(alert: string): string {
  return line(alert, NAME);
}

function about(title: string, lines: readonly string[]): Part[] {
  if (lines.length === 0) return [];
  return [paragraphOf([bold(title)]), listOf(lines.map((text) => [plain(text)]))];
}

function names(title: string, all: readonly string[]): Part[] {
  if (all.length === 0) return [];
  return [paragraphOf([bold(`${title} `), plain(listed(all, { most: SHOWN, textOf: named }))])];
}
