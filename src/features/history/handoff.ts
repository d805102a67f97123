/** `handoff [last:12h]`: what the next person on call must know, to read and to share. */

import { renderWords } from "../../block-kit/words.ts";
import { handoffOf } from "../../incidents/handoff.ts";
import { DAY_MS, HOUR_MS } from "../../promql/duration.ts";
import type { CommandRow } from "../commands/command-row.ts";
import { type SpokenForm, spanUnit, spoken } from "../commands/plain-words.ts";
import type { Messenger } from "../delivery/messenger.ts";
import type { JumpTo } from "../incidents/incident-lines.ts";
import type { IncidentReader } from "../incidents/incident-ports.ts";
import type { AskedGap } from "../search/learning-ports.ts";
import { visibleGaps } from "../search/visible-gaps.ts";
import type { Click, GuardedInteractions, Person, Reaction } from "../shared/interactions.ts";
import type { Permission } from "../shared/permission.ts";
import type { Clock } from "../shared/ports.ts";
import { type HandoffSummary, renderHandoff, SHARE_HANDOFF } from "./render-handoff.ts";

export interface HandoffOptions {
  readonly windowMs: number;
}

export type HandoffAnswer = Omit<HandoffSummary, "jumpTo">;

const DEFAULT_MS = 12 * HOUR_MS;
const LONGEST_MS = 31 * DAY_MS;

/** Concludes the incidents of the window by their state, and questions that nothing covers. */
export function handoffCommand(ports: HandoffPorts): CommandRow<HandoffOptions, HandoffAnswer> {
  return {
    name: "handoff",
    usage: "handoff [last:12h]",
    about: "a summary for the next person on call, to share",
    group: "Incidents",
    right: "ask",
    reads: { kind: "names", names: [] },
    options: ["last"],
    parse: ({ values: { last = DEFAULT_MS } }) => ({
      kind: "options",
      options: { windowMs: within(last) },
    }),
    spoken: FORMS,
    run: (options, { person }) => summarize(ports, options, person),
    render: (answer) => renderHandoff({ ...answer, jumpTo: ports.jumpTo }),
  };
}

/** The button that shares it with the channel. */
export function handoffButtons(ports: HandoffPorts): Pick<GuardedInteractions, "clicks"> {
  return {
    clicks: { [SHARE_HANDOFF]: { right: "ask", run: (click) => shareHandoff(ports, click) } },
  };
}

function within(windowMs: number): number {
  return Math.min(Math.max(windowMs, 60_000), LONGEST_MS);
}

/** Questions that had no answer. */
export interface GapSource {
  /** Each once for each asking, the latest first. */
  since(sinceMs: number, limit: number): Promise<readonly AskedGap[]>;
}

export const NO_GAPS: GapSource = { since: () => Promise.resolve([]) };

export interface HandoffPorts {
  readonly incidents: Pick<IncidentReader, "openIncidents" | "incidentsSince">;
  readonly messenger: Pick<Messenger, "post">;
  readonly gaps: GapSource;
  readonly clock: Pick<Clock, "now">;
  readonly jumpTo: JumpTo;
  readonly permission: Pick<Permission, "visible">;
}

const MOST = 1_000;
const MOST_GAPS = 6;
/** Askings that are read for those. */
const MOST_ASKINGS = 200;

async function summarize(
  ports: HandoffPorts,
  { windowMs }: HandoffOptions,
  person: Person,
): Promise<HandoffAnswer> {
  const { incidents, clock, permission } = ports;
  const nowMs = clock.now();
  const sinceMs = nowMs - windowMs;
  const [allOpen, allRecent, askings] = await Promise.all([
    incidents.openIncidents(MOST),
    incidents.incidentsSince(sinceMs, MOST),
    ports.gaps.since(sinceMs, MOST_ASKINGS),
  ]);
  const [open, recent, asked] = await Promise.all([
    permission.visible(person, allOpen),
    permission.visible(person, allRecent),
    visibleGaps(
      permission,
      person,
      askings.map((gap) => ({ gap, askings: [gap] })),
    ),
  ]);
  const once = [...Map.groupBy(asked, ({ gap }) => gap).values()];
  const gaps = once.flatMap(([latest]) => latest?.text ?? []).slice(0, MOST_GAPS);
  const handoff = handoffOf({ open, recent }, { sinceMs, nowMs });
  return { handoff, windowMs, nowMs, gaps };
}

/** Posts it for everybody, as it is at this moment. */
/** What is posted for a channel may hold what everybody there can see, whoever shares it. */
function forAll({ user, channel }: Person): Person {
  return { user, channel, isForChannel: true };
}

async function shareHandoff(ports: HandoffPorts, { person, value }: Click): Promise<Reaction> {
  const windowMs = within(Number(value) || DEFAULT_MS);
  const answer = await summarize(ports, { windowMs }, forAll(person));
  const message = renderHandoff({ ...answer, jumpTo: ports.jumpTo, sharedBy: person.user });
  const outcome = await ports.messenger.post({ channel: person.channel, message });
  if (outcome.kind === "posted") return { kind: "nothing" };
  const why = "error" in outcome ? outcome.error : "Slack asks to wait";
  const todo = why === "not_in_channel" ? " Invite me to this channel first." : "";
  return {
    kind: "message",
    message: renderWords(`I could not post it here (${why.replace(/[^\w ]/g, " ")}).${todo}`),
  };
}

const FORMS: readonly SpokenForm[] = [
  spoken(
    "what (?:did i miss|happened (?:last night|overnight|tonight|today|on my shift|during my shift|on the last shift))",
    () => "handoff",
  ),
  spoken(
    "what happened (?:in|during|over) the (?:last|past) (?<amount>\\d+ ?)?(?<span>h|hours?|d|days?)",
    ({ amount = "1", span = "h" }) => `handoff last:${amount.trim()}${spanUnit(span)}`,
  ),
  spoken(
    "(?:give me |write |make )?(?:a |the )?(?:hand ?over|hand ?off|shift summary|summary of (?:the|my) (?:night|shift)|handoff summary)",
    () => "handoff",
  ),
];
