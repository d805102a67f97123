/** `handoff [last:12h]`: what the next person on call must know, to read and to share. */

import type { Message } from "../../block-kit/message.ts";
import { handoffOf } from "../../incidents/handoff.ts";
import { parseDuration } from "../../promql/duration.ts";
import { isProse, readWords } from "../commands/read-words.ts";
import { renderWords } from "../commands/render-answers.ts";
import { asQuestion, type Question, type Subcommand } from "../commands/subcommand.ts";
import type { Messenger } from "../delivery/messenger.ts";
import type { JumpTo } from "../incidents/incident-lines.ts";
import type { IncidentReader } from "../incidents/incident-ports.ts";
import type { Click, Reaction } from "../shared/interactions.ts";
import type { Clock } from "../shared/ports.ts";
import type { NotUnderstood } from "../targets/chart.ts";
import { renderHandoff } from "./render-handoff.ts";

export interface HandoffCommand {
  readonly kind: "handoff";
  readonly windowMs: number;
}

const USAGE = "handoff [last:12h]";
const HOUR_MS = 3_600_000;
const DEFAULT_MS = 12 * HOUR_MS;
const LONGEST_MS = 31 * 24 * HOUR_MS;

export const HANDOFF: Subcommand<HandoffCommand | NotUnderstood | Question> = {
  name: "handoff",
  usage: USAGE,
  about: "a summary for the next person on call, to share",
  group: "Incidents",
  right: "ask",
  parse(rest) {
    const words = readWords(rest, ["last"]);
    if (isProse(words, 0)) return asQuestion("handoff", rest);
    const { last } = words.options;
    const windowMs = last === undefined ? DEFAULT_MS : parseDuration(last);
    if (windowMs === undefined || windowMs === 0) {
      const problem = `last:${last}, which is no duration like 12h`;
      return { kind: "not-understood", problem, usage: USAGE };
    }
    return { kind: "handoff", windowMs: within(windowMs) };
  },
};

function within(windowMs: number): number {
  return Math.min(Math.max(windowMs, 60_000), LONGEST_MS);
}

/** Questions that had no answer. */
export interface GapSource {
  /** Each once, the latest first. */
  since(sinceMs: number, limit: number): Promise<readonly string[]>;
}

export const NO_GAPS: GapSource = { since: () => Promise.resolve([]) };

export interface HandoffPorts {
  readonly incidents: Pick<IncidentReader, "openIncidents" | "incidentsSince">;
  readonly messenger: Pick<Messenger, "post">;
  readonly gaps: GapSource;
  readonly clock: Pick<Clock, "now">;
  readonly jumpTo: JumpTo;
}

const MOST = 1_000;
const MOST_GAPS = 6;

export async function answerHandoff(
  ports: HandoffPorts,
  { windowMs }: HandoffCommand,
  sharedBy?: string,
): Promise<Message> {
  const { incidents, clock, jumpTo } = ports;
  const nowMs = clock.now();
  const sinceMs = nowMs - windowMs;
  const [open, recent, gaps] = await Promise.all([
    incidents.openIncidents(MOST),
    incidents.incidentsSince(sinceMs, MOST),
    ports.gaps.since(sinceMs, MOST_GAPS),
  ]);
  const handoff = handoffOf({ open, recent }, { sinceMs, nowMs });
  const shared = sharedBy === undefined ? {} : { sharedBy };
  return renderHandoff({ handoff, windowMs, nowMs, jumpTo, gaps, ...shared });
}

/** Posts it for everybody, as it is at this moment. */
export async function shareHandoff(
  ports: HandoffPorts,
  { person, value }: Click,
): Promise<Reaction> {
  const windowMs = within(Number(value) || DEFAULT_MS);
  const message = await answerHandoff(ports, { kind: "handoff", windowMs }, person.user);
  const outcome = await ports.messenger.post({ channel: person.channel, message });
  if (outcome.kind === "posted") return { kind: "nothing" };
  const why = "error" in outcome ? outcome.error : "Slack asks to wait";
  const todo = why === "not_in_channel" ? " Invite me to this channel first." : "";
  return {
    kind: "message",
    message: renderWords(`I could not post it here (${why.replace(/[^\w ]/g, " ")}).${todo}`),
  };
}
