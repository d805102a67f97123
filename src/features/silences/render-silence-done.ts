/** What the modal shows once the silence is made. */

import { context, paragraph } from "../../block-kit/blocks.ts";
import { count, escaped, line } from "../../block-kit/text.ts";
import { moment } from "../../block-kit/times.ts";
import type { View } from "../../block-kit/view.ts";
import type { IncidentSilence } from "../../incidents/incident.ts";
import { SILENCE, SILENCE_TITLE } from "./form-names.ts";
import { matchersText } from "./matchers-text.ts";

export interface DoneSilence {
  readonly silence: IncidentSilence;
  readonly hidden: number;
  /** Then its thread tells of it, with a button to undo it. */
  readonly isIncident: boolean;
}

/** What the modal shows once the silence is made. */
export function renderSilenceDone({ silence, hidden, isIncident }: DoneSilence): View {
  const { until, comment, alertmanager = "", matchers = [] } = silence;
  const undo = isIncident
    ? "The incident's thread has a button to undo it."
    : "End it with `/streamline silences`.";
  return {
    callbackId: SILENCE.callback,
    title: SILENCE_TITLE,
    close: "Close",
    blocks: [
      paragraph(`*🔕 Silenced until ${moment(until)}*: ${escaped(line(comment, 500), 500)}`),
      paragraph(matchersText(matchers)),
      context(
        `${count(hidden, "alert that fires", "alerts that fire")} now will not be notified  ·  Alertmanager at ${escaped(alertmanager, 200)}`,
      ),
      context(undo),
    ],
  };
}
