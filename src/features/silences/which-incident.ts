/** `/streamline silence WHAT` -> the modal for it, or a question back: which of several is meant. */

import { alertName, alertNames } from "../../alerts/alert.ts";
import type { Message } from "../../block-kit/message.ts";
import { code, line } from "../../block-kit/text.ts";
import { renderWords } from "../../block-kit/words.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { IncidentReader } from "../incidents/incident-ports.ts";
import type { Modal } from "../shared/interactions.ts";
import { LONGEST_NAME, type SubjectId } from "./form.ts";
import { writeSilenceValue } from "./form-names.ts";
import { renderWhichToSilence } from "./render-silences.ts";

export interface SilenceOptions {
  /** An alert's name or an incident's id; without it, the open incidents are offered. */
  readonly what: string;
  /** For how long, as Prometheus writes it; an hour where nothing is said. */
  readonly duration?: string;
}

/** Those of them that the person sees. */
export type SeenIncidents = (all: readonly Incident[]) => Promise<readonly Incident[]>;

/** Incidents that are offered, or searched. */
const OFFERED = 200;

/** `what` is an alert's name, an incident's id, or nothing. */
export async function askedSilence(
  incidents: Pick<IncidentReader, "openIncidents" | "incident">,
  { what, duration, seen }: SilenceOptions & { readonly seen: SeenIncidents },
  modal: (id: SubjectId) => Modal,
): Promise<Message | Modal> {
  if (what.length > LONGEST_NAME) {
    return renderWords(`That is too long for an alert's name: ${code(what, 60)}.`);
  }
  const open = await seen(await incidents.openIncidents(OFFERED));
  if (what === "") {
    const text =
      open.length === 0
        ? "Nothing fires that I know of. To silence an alert ahead of a change, name it: `/streamline silence ALERT`."
        : "Which one? Any other alert is silenced by its name: `/streamline silence ALERT`.";
    return renderWhichToSilence(text, offered(open, duration));
  }
  const named = open.filter(
    ({ id, alerts }) =>
      id === what || alerts.some((alert) => alertName(alert).toLowerCase() === what.toLowerCase()),
  );
  const [only, ...others] = named;
  if (others.length > 0) {
    return renderWhichToSilence(
      `${code(what, 100)} fires in several incidents. Which one?`,
      offered(named, duration),
    );
  }
  const byId = await incidents.incident(what);
  const [past] = only === undefined ? await seen(byId === undefined ? [] : [byId]) : [only];
  if (past !== undefined) return modal({ kind: "incident", id: past.id });
  return modal({ kind: "alert", name: what });
}

function offered(incidents: readonly Incident[], duration: string | undefined) {
  return incidents.map(({ id, alerts, target }) => {
    const names = alertNames(alerts.filter(({ status }) => status === "firing"));
    const where = target === undefined ? "" : ` on ${target}`;
    return {
      value: writeSilenceValue(id, duration),
      label: `${line(names.slice(0, 2).join(", "), 50)}${where}`,
    };
  });
}
