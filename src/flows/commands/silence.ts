/** `silence [ALERT or incident]` and `silences`. */

import type { Message } from "../../messages/message.ts";
import type { Modal, Person } from "../interactions.ts";
import type { Silences } from "../silences/silences.ts";

export type SilenceCommand =
  | { readonly kind: "silence"; readonly what: string }
  | { readonly kind: "silences" };

export const SILENCE_COMMANDS = [
  {
    name: "silence",
    usage: "silence [ALERT]",
    about: "keep an alert quiet in Alertmanager for a while; shows first what that would hide",
    // People copy the name as it is shown, in backticks.
    parse: (rest: string): SilenceCommand => ({
      kind: "silence",
      what: rest.replace(/`/g, "").trim(),
    }),
  },
  {
    name: "silences",
    usage: "silences",
    about: "what is silenced by whom, until when and why; the forgotten ones first",
    parse: (): SilenceCommand => ({ kind: "silences" }),
  },
] as const;

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
