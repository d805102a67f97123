/** What the modal and its fields are called in what Slack sends of them. */

/** The modal, and its fields; a label's field has the draft and its place behind a colon. */
export const SILENCE = {
  callback: "silence_form",
  label: "silence_label",
  where: "silence_where",
  duration: "silence_duration",
  other: "silence_other",
  comment: "silence_comment",
} as const;

/** What the select offers; what is typed beside it wins. */
export const DURATIONS = ["30m", "1h", "2h", "4h", "1d", "3d"] as const;

/** What a button that opens the modal for an incident carries; `duration` as Prometheus writes it. */
export function writeSilenceValue(id: string, duration?: string): string {
  return duration === undefined ? id : `${id} ${duration}`;
}

/** The incident's id, and for how long where that was said. */
export function readSilenceValue(value: string): { id: string; duration?: string } {
  const [id = "", duration] = value.split(" ");
  return duration === undefined ? { id } : { id, duration };
}

/** Identity of a label's field: another draft has other fields, so nothing typed is mixed up. */
export function labelField(draft: string, index: number): string {
  return `${SILENCE.label}:${draft}:${index}`;
}

export const SILENCE_TITLE = "Silence alerts";
