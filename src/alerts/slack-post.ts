/** Another app's post about alerts, as words: without Slack's markup, cut to what is read. */

export interface PostAttachment {
  readonly title: string;
  readonly titleLink: string;
  readonly pretext: string;
  readonly text: string;
  readonly fallback: string;
  /** `danger`, `good`, or `#D63232`: what some templates tell the status by. */
  readonly color: string;
  readonly fields: readonly { readonly title: string; readonly value: string }[];
  /** Where its buttons lead; the one that silences names the labels. */
  readonly links: readonly string[];
}

export interface SlackPost {
  readonly text: string;
  readonly attachments: readonly PostAttachment[];
}
