/** Asking whether a section helped, and what cleared an incident; and saying that it was noted. */

import type { Button, StaticSelect } from "@slack/types";
import {
  actions,
  button,
  type Choice,
  context,
  paragraph,
  select,
} from "../../block-kit/blocks.ts";
import { LIMITS } from "../../block-kit/limits.ts";
import type { KnownBlock, Message } from "../../block-kit/message.ts";
import { escaped, line } from "../../block-kit/text.ts";
import { moment } from "../../block-kit/times.ts";
import type { Section } from "../../knowledge/page.ts";
import { sectionKey } from "../../knowledge/section-key.ts";
import { person } from "../incidents/quiet-words.ts";

export const FEEDBACK = {
  useful: "useful",
  notUseful: "not_useful",
  cleared: "cleared",
  pageOrder: "page_order",
  learnedOrder: "learned_order",
} as const;

/**
 * What a verdict is about: an incident's alert, by its place among those that the thread explains,
 * and a section by its key. A search's answer is about no incident.
 */
export interface AboutVerdict {
  readonly incidentId?: string;
  readonly alert?: number;
  readonly key?: string;
}

/** Words in place of a section's key: what cleared it stands on no page. */
export const CLEARED_ITSELF = "itself";
export const SOMETHING_ELSE = "other";

export function verdictValue({ incidentId = "-", alert = 0, key = "-" }: AboutVerdict): string {
  return `${incidentId} ${alert} ${key}`;
}

export function parseVerdict(value: string): AboutVerdict {
  const [incidentId = "-", alert = "", key = "-"] = value.split(" ");
  return {
    ...(incidentId === "-" ? {} : { incidentId, alert: Number(alert) }),
    ...(key === "-" || key === "" ? {} : { key }),
  };
}

export function verdictButtons(about: AboutVerdict): Button[] {
  const value = verdictValue(about);
  return [
    button("Useful", { id: FEEDBACK.useful, value }),
    button("Not useful", { id: FEEDBACK.notUseful, value }),
  ];
}

/** The order in which a thread's runbook is shown: as learned, as on the page, or there is no difference. */
export type ShownOrder = "learned" | "page" | "same";

/** Under the runbook in an incident's thread. */
export function runbookFoot(about: AboutVerdict, order: ShownOrder): KnownBlock[] {
  const value = verdictValue(about);
  const orders: Record<ShownOrder, Button[]> = {
    learned: [button("Show in the page's order", { id: FEEDBACK.pageOrder, value })],
    page: [button("Show first what helped", { id: FEEDBACK.learnedOrder, value })],
    same: [],
  };
  return [actions([...verdictButtons(about), ...orders[order]])];
}

/** A section to choose among those of an incident's runbooks. */
export interface Offered {
  readonly alert: number;
  readonly section: Section;
}

/** The reply that an incident is over, with the question what helped. */
export function askWhatCleared(
  resolved: Message,
  incidentId: string,
  offered: readonly Offered[],
): Message {
  const value = (key: string): string => verdictValue({ incidentId, alert: 0, key });
  const choices = [
    { label: "It cleared without action", value: value(CLEARED_ITSELF) },
    { label: "Something that no page describes", value: value(SOMETHING_ELSE) },
    ...choicesOf(incidentId, offered),
  ];
  const menu = select("What fixed it?", FEEDBACK.cleared, choices);
  return {
    text: `${resolved.text} What fixed it? Choose in the thread.`,
    blocks: [...resolved.blocks, actions([menu])],
  };
}

function choicesOf(incidentId: string, offered: readonly Offered[]): Choice[] {
  return offered
    .slice(0, LIMITS.options - 2)
    .map(({ alert, section }) => ({
      label: titleOf(section),
      value: verdictValue({ incidentId, alert, key: sectionKey(section.id) }),
    }))
    .filter(({ value }) => value.length <= LIMITS.optionValue);
}

function titleOf({ title, headings, file }: Section): string {
  const [page = file] = headings;
  return title === "" || title === page ? page : `${title} · ${page}`;
}

/** After a verdict on a whole runbook: which part of it? */
export function renderWhichPart(
  isUseful: boolean,
  incidentId: string,
  offered: readonly Offered[],
): Message {
  const text = isUseful
    ? "Noted, thank you. Which part helped?"
    : "Noted. Which part did not help? Write what is missing with `/streamline feedback TEXT`.";
  const choices = choicesOf(incidentId, offered);
  const id = `${isUseful ? FEEDBACK.useful : FEEDBACK.notUseful}:part`;
  const menus: StaticSelect[] = choices.length === 0 ? [] : [select("Choose a part", id, choices)];
  return {
    text,
    blocks: [paragraph(text), ...(menus.length === 0 ? [] : [actions(menus)])],
  };
}

export interface WrittenNote {
  readonly who: string;
  readonly at: number;
  readonly text: string;
}

/** Characters shown of each note. */
const NOTE = 400;

/** What people wrote for the maintainers of the runbooks, the last first. */
export function renderNotes(notes: readonly WrittenNote[]): Message {
  if (notes.length === 0) {
    const none = "Nobody has left a note yet. Leave one with `/streamline feedback TEXT`.";
    return { text: none, blocks: [paragraph(none)] };
  }
  const lines = notes.map(
    ({ who, at, text }) => `${person(who)}, ${moment(at)}: ${escaped(line(text, NOTE), NOTE)}`,
  );
  const title = "Notes for the runbooks, the last first";
  return {
    text: [`${title}:`, ...lines.map((each) => `• ${each}`)].join("\n"),
    blocks: [paragraph(`*${title}*`), ...lines.map(context)],
  };
}
