/** What the bot says: blocks for the eye, text for notifications, screen readers and the plain form. */

import type { KnownBlock as SlackBlock } from "@slack/types";
import type { DataVisualizationBlock } from "./chart-block.ts";

/** @slack/types 3.2 lacks the chart. */
export type KnownBlock = SlackBlock | DataVisualizationBlock;

export interface Message {
  /**
   * The whole message in words (mrkdwn, strangers' text already escaped). Slack shows it in
   * notifications; it is also what goes out when Slack refuses the blocks.
   */
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}
