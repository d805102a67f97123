/** Silences as people meet them: the modal with its preview, Undo, the list, and who may. */

import type { Message } from "../../block-kit/message.ts";
import { escaped, line } from "../../block-kit/text.ts";
import { renderWords } from "../commands/render-answers.ts";
import { ACTS } from "../incidents/render-acts.ts";
import type { Interactions, Modal, Person, Reaction } from "../shared/interactions.ts";
import { type EndPorts, endSilence } from "./end-silence.ts";
import { type ListPorts, listedSilences } from "./list.ts";
import { createSilenceModals, type ModalPorts } from "./modal.ts";
import { SILENCE } from "./render-silence-form.ts";
import { END_SILENCE } from "./render-silences.ts";
import { askedSilence } from "./which-incident.ts";

export type SilencePorts = ModalPorts & EndPorts & ListPorts;

export interface Silences {
  /** `/streamline silence WHAT`: the modal, or which of several is meant. */
  silence(what: string, person: Person): Promise<Message | Modal>;
  /** `/streamline silences` */
  list(): Promise<Message>;
  readonly interactions: Pick<Interactions, "clicks" | "submissions">;
}

export function createSilences(ports: SilencePorts): Silences {
  const form = createSilenceModals(ports);
  const list = (): Promise<Message> => listedSilences(ports);
  const mayNot = (person: Person): Promise<string | undefined> =>
    ports.permission.refusal(person, "silence");
  return {
    async silence(what, person) {
      return askedSilence(ports.incidents, what, (id) => form.modal(id, person));
    },
    list,
    interactions: {
      clicks: {
        [ACTS.silence]: async ({ value, person }) => ({
          kind: "modal",
          modal: form.modal({ kind: "incident", id: value }, person),
        }),
        [SILENCE.label]: (click) => form.refreshed(click),
        [SILENCE.where]: (click) => form.refreshed(click),
        [ACTS.unsilence]: async ({ value, person }) => {
          const [incidentId = "", silenceId = ""] = value.split(" ");
          const problem =
            (await mayNot(person)) ??
            (await endSilence(ports, { silenceId, incidentId, by: person.user }));
          return problem === undefined ? { kind: "nothing" } : told(problem);
        },
        [END_SILENCE]: async ({ value, person }) => {
          const problem =
            (await mayNot(person)) ??
            (await endSilence(ports, { silenceId: value, by: person.user }));
          return problem === undefined
            ? { kind: "replacement", message: await list() }
            : told(problem);
        },
      },
      submissions: { [SILENCE.callback]: (submission) => form.submitted(submission) },
    },
  };
}

function told(problem: string): Reaction {
  return { kind: "message", message: renderWords(escaped(line(problem, 1_500), 1_500)) };
}
