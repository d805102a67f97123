/** `silence [ALERT or incident]` and `silences`. */

import type { Message } from "../../messages/message.ts";
import type { Modal, Person } from "../interactions.ts";
import type { Silences } from "../silences/silences.ts";

export type SilenceCommand =
  | { readonly kind: "silence"; readonly what: string }
  | { readonly kind: "silences" };

/** A question that begins with the word, such as "silence alerts during maintenance". */
interface Question {
  readonly kind: "search";
  readonly question: string;
}

export const SILENCE_COMMANDS = [
  {
    name: "silence",
    usage: "silence [ALERT]",
    about: "keep an alert quiet in Alertmanager for a while; shows first what that would hide",
    parse: parseSilence,
  },
  {
    name: "silences",
    usage: "silences",
    about: "what is silenced by whom, until when and why; the forgotten ones first",
    parse: (): SilenceCommand => ({ kind: "silences" }),
  },
] as const;

/** People copy the name as it is shown, in backticks. No alert's name has words. */
function parseSilence(rest: string): SilenceCommand | Question {
  const what = rest.replace(/`/g, "").trim();
  return /\s/.test(what)
    ? { kind: "search", question: `silence ${what}` }
    : { kind: "silence", what };
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
