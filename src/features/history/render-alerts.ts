/** The open incidents as a list, worst first. */

import type { Message } from "../../block-kit/message.ts";
import { listPage, pageParts } from "../../block-kit/paging.ts";
import { footnote, headline, listOf, messageOf } from "../../block-kit/parts.ts";
import { count, line } from "../../block-kit/text.ts";
import type { Incident } from "../../incidents/incident.ts";
import { incidentLine, type JumpTo } from "../incidents/incident-lines.ts";

export type AlertState = "firing" | "silenced" | "acknowledged";

export interface AlertList {
  readonly state?: AlertState;
  readonly target?: string;
  readonly incidents: readonly Incident[];
  /** Open ones that the state leaves out. */
  readonly others: number;
  /** There may be more than were read. */
  readonly isMore: boolean;
  readonly page: number;
  readonly nowMs: number;
  readonly jumpTo: JumpTo;
}

const PAGE = 10;

/** One page of the list; below it, how many others there are. */
export function renderAlerts(answer: AlertList): Message {
  const { incidents, others, target, state = "", nowMs, jumpTo } = answer;
  const where = target === undefined ? "" : ` on ${line(target, 60)}`;
  const page = listPage(incidents, answer.page, PAGE);
  return messageOf([
    headline(headOf(answer, where)),
    listOf(page.items.map((incident) => incidentLine(incident, { nowMs, jumpTo }))),
    ...(others > 0
      ? [footnote(`${count(others, "other incident")}${where}: /streamline alerts shows all.`)]
      : []),
    ...pageParts(page, ["alerts", state, target ?? ""].filter((word) => word !== "").join(" ")),
  ]);
}

function headOf({ incidents, isMore, state }: AlertList, where: string): string {
  const kind = state === undefined ? "open" : state;
  if (incidents.length === 0) {
    return state === undefined || state === "firing"
      ? `🟢 Nothing is firing${where}.`
      : `No incident is ${kind}${where}.`;
  }
  const many = count(incidents.length, "incident");
  const verb = incidents.length === 1 ? "is" : "are";
  return `${isMore ? "At least " : ""}${many} ${verb} ${kind}${where}, worst first:`;
}
