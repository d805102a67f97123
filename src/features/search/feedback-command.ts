/** `feedback [TEXT]`: notes for those who maintain the runbooks, left and listed. */

import { renderWords } from "../../block-kit/words.ts";
import type { CommandRow } from "../commands/command-row.ts";
import type { Person } from "../shared/interactions.ts";
import type { Clock } from "../shared/ports.ts";
import type { FeedbackStore } from "./learning-ports.ts";
import { renderNotes, type WrittenNote } from "./render-feedback.ts";

interface NotePorts {
  readonly feedback: Pick<FeedbackStore, "note" | "notes">;
  readonly clock: Pick<Clock, "now">;
}

export interface FeedbackOptions {
  /** Empty to list the notes. */
  readonly text: string;
}

export type FeedbackAnswer =
  | { readonly kind: "noted" }
  | { readonly kind: "notes"; readonly notes: readonly WrittenNote[] };

/** The row of the command. */
export function feedbackCommand(ports: NotePorts): CommandRow<FeedbackOptions, FeedbackAnswer> {
  return {
    name: "feedback",
    usage: "feedback [TEXT]",
    about: "leaves a note for those who maintain the runbooks; without text it lists the notes",
    group: "Runbooks",
    right: "read",
    rightFor: ({ text }) => (text === "" ? "acknowledge" : "read"),
    reads: { kind: "text" },
    parse: ({ text }) => ({ kind: "options", options: { text } }),
    run: ({ text }, { person }) => notesOf(ports, text, person),
    render: (answer) => (answer.kind === "notes" ? renderNotes(answer.notes) : renderWords(NOTED)),
  };
}

/** Notes shown at once. */
const SHOWN_NOTES = 15;

const NOTED = "Noted for those who maintain the runbooks. Thank you.";

async function notesOf(ports: NotePorts, text: string, person: Person): Promise<FeedbackAnswer> {
  if (text === "") return { kind: "notes", notes: await ports.feedback.notes(SHOWN_NOTES) };
  await ports.feedback.note({ who: person.user, at: ports.clock.now(), text });
  return { kind: "noted" };
}
