/** Silences as people meet them: the modal with its preview, Undo, the list, and who may. */

import type { Message } from "../../block-kit/message.ts";
import { escaped, line } from "../../block-kit/text.ts";
import { ACTS } from "../incidents/render-acts.ts";
import type {
  Click,
  GuardedInteractions,
  Modal,
  Person,
  Reaction,
} from "../shared/interactions.ts";
import { INCIDENT_GONE, shownWords } from "../shared/shown-words.ts";
import { type EndPorts, endSilence } from "./end-silence.ts";
import type { SubjectId } from "./form.ts";
import { readSilenceValue, SILENCE } from "./form-names.ts";
import { type ListPorts, listedSilences, type SilencesAnswer } from "./list.ts";
import { createSilenceModals, type ModalPorts } from "./modal.ts";
import { END_SILENCE, renderSilences } from "./render-silences.ts";
import { askedSilence, type SeenIncidents, type SilenceOptions } from "./which-incident.ts";

export type SilencePorts = ModalPorts & EndPorts & ListPorts;

export interface Silences {
  /** `/streamline silence WHAT`: the modal, or which of several is meant. */
  silence(options: SilenceOptions, person: Person): Promise<Message | Modal>;
  /** `/streamline silences` */
  list(): Promise<SilencesAnswer>;
  readonly interactions: Pick<GuardedInteractions, "clicks" | "submissions">;
}

/** The flow of both commands, and the rows of their buttons and modals. */
export function createSilences(ports: SilencePorts): Silences {
  const form = createSilenceModals(ports);
  const refreshed = { right: "silence", run: (click: Click) => form.refreshed(click) } as const;
  return {
    silence: (options, person) => {
      const seen: SeenIncidents = (all) => ports.permission.visible(person, all);
      const open = (id: SubjectId) => form.modal(id, person, options.duration);
      return askedSilence(ports.incidents, { ...options, seen }, open);
    },
    list: () => listedSilences(ports),
    interactions: {
      clicks: {
        [ACTS.silence]: {
          right: "silence",
          opensModal: true,
          run: async ({ value, person }) => {
            const { id, duration } = readSilenceValue(value);
            return { kind: "modal", modal: form.modal({ kind: "incident", id }, person, duration) };
          },
        },
        [SILENCE.label]: refreshed,
        [SILENCE.where]: refreshed,
        [ACTS.unsilence]: { right: "silence", run: (click) => unsilence(ports, click) },
        [END_SILENCE]: { right: "silence", run: (click) => endListed(ports, click) },
      },
      submissions: {
        [SILENCE.callback]: { right: "silence", run: (submission) => form.submitted(submission) },
      },
    },
  };
}

/** Undo, under an incident. */
async function unsilence(ports: SilencePorts, { value, person }: Click): Promise<Reaction> {
  const [incidentId = "", silenceId = ""] = value.split(" ");
  const found = await ports.incidents.incident(incidentId);
  // One whose row was removed hides nothing any more, and its silence may still hold.
  const isHidden =
    found !== undefined && (await ports.permission.visible(person, [found])).length === 0;
  if (isHidden) return shownWords(INCIDENT_GONE);
  const problem = await endSilence(ports, { silenceId, incidentId, by: person.user });
  return problem === undefined ? { kind: "nothing" } : problemShown(problem);
}

/** End, in the list of silences, which then shows what is left. */
async function endListed(ports: SilencePorts, { value, person }: Click): Promise<Reaction> {
  const problem = await endSilence(ports, { silenceId: value, by: person.user });
  if (problem !== undefined) return problemShown(problem);
  const { silences, nowMs } = await listedSilences(ports);
  return { kind: "replacement", message: renderSilences(silences, nowMs) };
}

function problemShown(problem: string): Reaction {
  return shownWords(escaped(line(problem, 1_500), 1_500));
}
