/** What a person reads who acknowledged by a command. */

import { plain } from "../../block-kit/blocks.ts";
import type { Message } from "../../block-kit/message.ts";
import { headline, listOf, messageOf, paragraphOf, sentence } from "../../block-kit/parts.ts";
import { count, line } from "../../block-kit/text.ts";
import { renderWords } from "../../block-kit/words.ts";
import type { NoChange } from "../../incidents/act-on-incident.ts";
import type { Incident } from "../../incidents/incident.ts";
import { renderUnknownName } from "../runbooks/render-absent.ts";
import { incidentLine, type JumpTo, linkOf } from "./incident-lines.ts";
import { namesOf } from "./incident-title.ts";

export type AcknowledgeVerb = "acknowledge" | "unacknowledge";

export type AcknowledgeAnswer =
  | { readonly kind: "done"; readonly verb: AcknowledgeVerb; readonly incident: Incident }
  | {
      readonly kind: "refused";
      readonly verb: AcknowledgeVerb;
      readonly reason: NoChange["refused"];
    }
  | {
      readonly kind: "which";
      readonly verb: AcknowledgeVerb;
      readonly incidents: readonly Incident[];
      readonly nowMs: number;
    }
  | {
      readonly kind: "none";
      readonly verb: AcknowledgeVerb;
      /** What was asked for; unset where nothing was named. */
      readonly named?: string;
      readonly nearest: readonly string[];
    };

/** What was done, why it was not, or which incidents may be meant. */
export function renderAcknowledge(answer: AcknowledgeAnswer, jumpTo: JumpTo): Message {
  switch (answer.kind) {
    case "done":
      return renderDone(answer, jumpTo);
    case "refused":
      return renderWords(NOT_DONE[answer.reason]);
    case "which":
      return renderWhich(answer, jumpTo);
    case "none":
      return renderNone(answer);
  }
}

/** Why nothing was changed, in words for the person. */
export const NOT_DONE: Readonly<Record<NoChange["refused"], string>> = {
  over: "It is already resolved: nothing fires.",
  already: "Somebody has already done that.",
  "not-so": "Somebody has already undone that.",
};

function renderDone(
  { verb, incident }: Extract<AcknowledgeAnswer, { kind: "done" }>,
  jumpTo: JumpTo,
): Message {
  const url = linkOf(incident, jumpTo);
  const done =
    verb === "acknowledge"
      ? `👀 You are on ${namesOf(incident)}.`
      : `Nobody is on ${namesOf(incident)} now.`;
  return messageOf([
    paragraphOf([
      plain(done),
      ...(url === undefined ? [] : [plain("  "), { type: "link" as const, url, text: "open" }]),
    ]),
  ]);
}

/** Incidents listed; the rest is counted. */
const SHOWN = 10;

function renderWhich(
  { verb, incidents, nowMs }: Extract<AcknowledgeAnswer, { kind: "which" }>,
  jumpTo: JumpTo,
): Message {
  const command = verb === "acknowledge" ? "ack" : "unack";
  const shown = incidents.slice(0, SHOWN);
  const left = incidents.length - shown.length;
  const names = new Set(incidents.map(namesOf));
  // Where names do not tell them apart, only ids do.
  const example = names.size === incidents.length ? "ALERT" : (incidents[0]?.id ?? "ALERT");
  return messageOf([
    headline(`Which of these ${count(incidents.length, "incident")}?`),
    listOf(
      shown.map((incident) => [
        ...incidentLine(incident, { nowMs, jumpTo }),
        plain(`  id ${line(incident.id, 60)}`),
      ]),
    ),
    sentence(
      `${left > 0 ? `${left} more. ` : ""}Name one: \`/streamline ${command} ${example}\`, or press the button under its message.`,
    ),
  ]);
}

function renderNone({
  verb,
  named,
  nearest,
}: Extract<AcknowledgeAnswer, { kind: "none" }>): Message {
  const command = verb === "acknowledge" ? "ack" : "unack";
  if (named === undefined) {
    return renderWords(
      verb === "acknowledge"
        ? "There is nothing to acknowledge."
        : "No firing incident is acknowledged.",
    );
  }
  return renderUnknownName({
    what: "open incident",
    name: named,
    where: "by that id or alert",
    nearest,
    command: (near) => `${command} ${near}`,
    words: `${command} ${named}`,
  });
}
