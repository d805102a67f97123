/** Answers about the thread's alert: from its runbook, from its incident, from its target as it is now. */

import { alertName } from "../../alerts/alert.ts";
import type { Message } from "../../block-kit/message.ts";
import type { IncidentReader } from "../incidents/incident-ports.ts";
import type { Permission } from "../shared/permission.ts";
import { renderHistory, renderHowBad, renderOwner, renderSince } from "./render-thread-answers.ts";
import type { ThreadContext } from "./thread-context.ts";
import { partOfRunbook, type ThreadRunbookPorts, wholeRunbook } from "./thread-runbook.ts";
import {
  type AskedInThread,
  isItStill,
  type ThreadStatePorts,
  whatHappened,
} from "./thread-state.ts";
import type { ThreadKind } from "./thread-words.ts";

/** Kinds that are answered here; the others run a command. */
type AlertKind = Exclude<ThreadKind, "cause" | "health">;

export type AnswerAboutAlert = (kind: AlertKind, asked: AskedInThread) => Promise<Message>;

interface AlertAnswerPorts {
  readonly incidents: Pick<IncidentReader, "incidentsOf" | "timeline">;
  readonly permission: Pick<Permission, "visible">;
  readonly runbooks: ThreadRunbookPorts;
  readonly state: ThreadStatePorts;
}

/** How far back "before" goes. */
const EARLIER = 100;

/** One way for each kind of question. */
export function answerAboutAlerts(ports: AlertAnswerPorts): AnswerAboutAlert {
  const { runbooks } = ports;
  return async (kind, asked) => {
    const { context } = asked;
    const { incident, nowMs } = context;
    switch (kind) {
      case "first-step":
        return partOfRunbook(runbooks, context, "Diagnosis");
      case "fix":
        return partOfRunbook(runbooks, context, "Mitigation");
      case "prevent":
        return partOfRunbook(runbooks, context, "Prevention");
      case "meaning":
        return partOfRunbook(runbooks, context, "Meaning");
      case "runbook":
        return wholeRunbook(runbooks, context);
      case "bad":
        return withImpact(runbooks, context);
      case "still":
        return isItStill(ports.state, asked);
      case "owner":
        return renderOwner(incident, nowMs);
      case "since":
        return renderSince(incident, nowMs);
      case "history":
        return earlierOnes(ports, asked);
      case "changes":
        return whatHappened(ports, context);
    }
  };
}

async function earlierOnes(
  { incidents, permission }: AlertAnswerPorts,
  { person, context: { incident, alert, nowMs } }: AskedInThread,
): Promise<Message> {
  const name = alertName(alert);
  const all = await incidents.incidentsOf(name, EARLIER);
  // The answer stands in the thread: what only the person sees elsewhere is nothing for it.
  const seen = await permission.visible({ ...person, isForChannel: true }, all);
  const earlier = seen.filter(({ id, openedAt }) => id !== incident.id && openedAt <= nowMs);
  return renderHistory(name, incident, earlier);
}

async function withImpact(ports: ThreadRunbookPorts, context: ThreadContext): Promise<Message> {
  const facts = renderHowBad(context.incident, context.nowMs);
  const impact = await partOfRunbook(ports, context, "Impact");
  return {
    text: `${facts.text}\n${impact.text}`,
    blocks: [...facts.blocks, ...impact.blocks],
  };
}
