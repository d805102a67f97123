/** The modal in which a silence is made: its matchers, how long, why, and what it would hide. */

import type { DraftField } from "../../alerts/silence-draft.ts";
import { context, paragraph } from "../../block-kit/blocks.ts";
import type { KnownBlock } from "../../block-kit/message.ts";
import { escaped, line } from "../../block-kit/text.ts";
import type { View } from "../../block-kit/view.ts";
import { labelField, SILENCE, SILENCE_TITLE } from "./form-names.ts";
import {
  type AlertmanagerMenu,
  commentInput,
  durationInput,
  otherInput,
  whereInput,
} from "./render-silence-inputs.ts";
import { labelInput, notes, shownFields } from "./render-silence-labels.ts";
import { previewBlock, type SilencePreview } from "./render-silence-preview.ts";

export interface SilenceForm {
  /** What is to be silenced, in a stranger's words. */
  readonly subject: string;
  /** The Alertmanager; unset while it has to be chosen. */
  readonly address?: string;
  readonly where?: AlertmanagerMenu;
  readonly draft: string;
  readonly fields: readonly DraftField[];
  /** Places of the chosen choices. */
  readonly chosen: readonly (number | undefined)[];
  /** By field and choice: alerts beside the subject's that the choice would take in. */
  readonly takenIn: readonly (readonly number[])[];
  readonly duration: string;
  readonly other: string;
  readonly comment: string;
  readonly preview: SilencePreview;
  /** What changed while they chose; stands first. */
  readonly notice?: string;
  /** Why it was not silenced, in a stranger's words; stands beside the button that was pressed. */
  readonly problem?: string;
  readonly metadata: string;
}

/** The view, within Slack's limits. */
export function renderSilenceForm(form: SilenceForm): View {
  const { subject, address, notice, where, draft, fields, chosen } = form;
  const at = address === undefined ? "" : `  ·  in Alertmanager at ${escaped(address, 200)}`;
  return {
    callbackId: SILENCE.callback,
    title: SILENCE_TITLE,
    submit: "Silence",
    close: "Cancel",
    metadata: form.metadata,
    blocks: [
      ...warning(notice),
      context(`*${escaped(line(subject, 150))}*${at}`),
      ...(where === undefined ? [] : [whereInput(where)]),
      // What everybody must decide stands first; labels are mostly left as they are, and there may be forty.
      paragraph("*What it hides*"),
      previewBlock(form.preview),
      durationInput(form.duration),
      otherInput(form.other),
      commentInput(form.comment),
      paragraph("*Which alerts*: those in which each of these labels matches"),
      ...shownFields(fields).map((field) =>
        labelInput(field.field, {
          id: labelField(draft, field.index),
          chosen: chosen[field.index],
          takenIn: form.takenIn[field.index] ?? [],
        }),
      ),
      ...notes(fields),
      ...warning(form.problem),
    ],
  };
}

function warning(text: string | undefined): KnownBlock[] {
  return text === undefined ? [] : [paragraph(`⚠️ ${escaped(line(text, 1_000), 1_000)}`)];
}

/** What is shown until there is something to choose from. */
export function renderSilenceSkeleton(
  text = "Reading the alert's labels, and asking Alertmanager what fires…",
): View {
  return {
    callbackId: SILENCE.callback,
    title: SILENCE_TITLE,
    close: "Cancel",
    blocks: [paragraph(text)],
  };
}

/** The modal when there is nothing to choose; `text` may hold a stranger's words. */
export function renderSilenceWords(text: string): View {
  const blocks = [paragraph(escaped(line(text, 2_000), 2_000))];
  return { callbackId: SILENCE.callback, title: SILENCE_TITLE, close: "Close", blocks };
}
