/** `silence [ALERT or incident]` and `silences`. */

import type { Message } from "../../block-kit/message.ts";
import type { CommandRow } from "../commands/command-row.ts";
import type { Modal } from "../shared/interactions.ts";
import type { SilencesAnswer } from "./list.ts";
import { renderSilences } from "./render-silences.ts";
import type { Silences } from "./silences.ts";
import type { SilenceOptions } from "./which-incident.ts";

export interface SilenceCommandPorts {
  readonly silences: Pick<Silences, "silence" | "list">;
}

/** Concludes the modal, or a message that says why there is none. */
export function silenceCommand({
  silences,
}: SilenceCommandPorts): CommandRow<SilenceOptions, Message | Modal> {
  return {
    name: "silence",
    also: ["mute"],
    usage: "silence [ALERT] [2h]",
    about: "silence an alert in Alertmanager; it first shows what that would hide",
    group: "Incidents",
    right: "silence",
    reads: { kind: "names", names: ["alert"] },
    options: ["alert", "for"],
    parse: ({ values: { alert = "", for: duration } }) => ({
      kind: "options",
      options: { what: alert, ...(duration === undefined ? {} : { duration }) },
    }),
    run: (options, { person }) => silences.silence(options, person),
    render: (answer) => answer,
  };
}

/** Concludes the silences by Alertmanager, those included that does not answer. */
export function silencesCommand({
  silences,
}: SilenceCommandPorts): CommandRow<object, SilencesAnswer> {
  return {
    name: "silences",
    also: ["unsilence", "unmute"],
    usage: "silences",
    about: "what is silenced by whom, until when and why; the forgotten ones first",
    group: "Incidents",
    right: "ask",
    reads: { kind: "names", names: [] },
    parse: () => ({ kind: "options", options: {} }),
    run: () => silences.list(),
    render: ({ silences: all, nowMs }) => renderSilences(all, nowMs),
  };
}
