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

/** Identity of a label's field: another draft has other fields, so nothing typed is mixed up. */
export function labelField(draft: string, index: number): string {
  return `${SILENCE.label}:${draft}:${index}`;
}

export const SILENCE_TITLE = "Silence alerts";
