/** The modal in which a search finds sections while one types. */

import { actions, button, context, paragraph } from "../../block-kit/blocks.ts";
import type { KnownBlock, Message } from "../../block-kit/message.ts";
import type { View } from "../../block-kit/view.ts";
import type { Section } from "../../knowledge/page.ts";
import { sectionKey } from "../../knowledge/sections/section-key.ts";
import type { PlaceholderSubject } from "../runbooks/placeholder-values.ts";
import { renderSection } from "../runbooks/render-runbook.ts";
import { verdictButtons } from "./render-feedback.ts";
import { SEARCH } from "./render-search.ts";

/** The select that searches, and the modal it stands in. */
export const FIND_SECTION = "find_section";

/** `channel` is where it was opened, for what is shared from it; empty when from nowhere. */
export function renderTypeahead(channel: string): View {
  const hint = "An alert's name, a symptom, a log line: names come first, then words.";
  return { ...frame(channel), blocks: [...field(), context(hint)] };
}

export interface ChosenSection {
  readonly section: Section;
  readonly canShare: boolean;
  /** What came of a click on its buttons, in place of them. */
  readonly note?: string;
}

/** The same with the section that was chosen; a long one must not hide what can be done with it. */
export function renderChosen(
  channel: string,
  { section, canShare, note }: ChosenSection,
  subject: PlaceholderSubject,
): View {
  const full = renderSection(section, subject);
  const key = sectionKey(section.id);
  const share = canShare ? [button("Share to channel", { id: SEARCH.share, value: key })] : [];
  const foot =
    note === undefined ? actions([...verdictButtons({ key }), ...share]) : paragraph(note);
  return { ...frame(channel), blocks: [...field(), foot, ...full.blocks] };
}

/** The modal with a message below its field. */
export function renderTypeaheadNote(channel: string, note: Message): View {
  return { ...frame(channel), blocks: [...field(), ...note.blocks] };
}

function frame(channel: string): Omit<View, "blocks"> {
  return {
    callbackId: FIND_SECTION,
    title: "Search the runbooks",
    close: "Close",
    metadata: channel,
  };
}

/** No input, which Slack lets stand only in a modal that is submitted. */
function field(): KnownBlock[] {
  return [
    paragraph("*What are you looking for?*"),
    {
      type: "actions",
      elements: [
        {
          type: "external_select",
          action_id: FIND_SECTION,
          min_query_length: 1,
          placeholder: { type: "plain_text", text: "Type to search", emoji: false },
        },
      ],
    },
  ];
}
