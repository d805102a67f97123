/** `silence [ALERT or incident]` and `silences`. */

import type { Message } from "../../block-kit/message.ts";
import { asQuestion, type Question, type Subcommand } from "../commands/subcommand.ts";
import type { Modal, Person } from "../shared/interactions.ts";
import type { Silences } from "./silences.ts";

export type SilenceCommand =
  | { readonly kind: "silence"; readonly what: string }
  | { readonly kind: "silences" };

export const SILENCE_COMMANDS: readonly Subcommand<SilenceCommand | Question>[] = [
  {
    name: "silence",
    usage: "silence [ALERT]",
    about: "keep an alert quiet in Alertmanager for a while; shows first what that would hide",
    group: "Incidents",
    right: "silence",
    parse: parseSilence,
  },
  {
    name: "silences",
    usage: "silences",
    about: "what is silenced by whom, until when and why; the forgotten ones first",
    group: "Incidents",
    parse: (rest) => (rest === "" ? { kind: "silences" } : asQuestion("silences", rest)),
  },
];

/** People copy the name as it is shown, in backticks. No alert's name has words. */
function parseSilence(rest: string): SilenceCommand | Question {
  const what = rest.replace(/`/g, "").trim();
  return /\s/.test(what) ? asQuestion("silence", what) : { kind: "silence", what };
}

export interface SilenceAsked {
  readonly command: SilenceCommand;
  readonly person: Person;
}

export function answerSilence(
  silences: Silences,
  { command, person }: SilenceAsked,
): Promise<Message | Modal> {
  return command.kind === "silence" ? silences.silence(command.what, person) : silences.list();
}
