/**
 * Makes a silence in Alertmanager and writes it down with us.
 *
 * These are two places without a common transaction, so nothing may be lost between them: an answer
 * that was lost is searched for before anything is made again, and what cannot be written down is
 * undone.
 */

import { type Silence, type SilenceMatcher, unfitness } from "../../alerts/silence.ts";
import type { AcknowledgementTimes } from "../../config/config.ts";
import { actOnIncident } from "../../incidents/act-on-incident.ts";
import type { IncidentSilence } from "../../incidents/incident.ts";
import type { IncidentWriter } from "../incidents/incident-ports.ts";
import type { Clock, Log } from "../shared/ports.ts";
import type { SilenceSubject } from "./form.ts";
import type { Alertmanagers, AuditLog, NewSilence } from "./ports.ts";
import { hidesNow } from "./preview.ts";
import { UNFIT } from "./render-silence-preview.ts";

export interface MakePorts {
  readonly alertmanagers: Alertmanagers;
  readonly incidents: Pick<IncidentWriter, "change">;
  readonly audit: AuditLog;
  readonly times: AcknowledgementTimes;
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
  readonly wakeDelivery: () => void;
}

export interface Wanted {
  readonly subject: SilenceSubject;
  /** The members of the Alertmanager that is meant: the first that answers makes it. */
  readonly addresses: readonly string[];
  readonly matchers: readonly SilenceMatcher[];
  readonly durationMs: number;
  readonly comment: string;
  readonly by: string;
  /** The end of a silence that an earlier attempt may have made. */
  readonly doubtful?: number;
}

export type Made =
  | { readonly kind: "made"; readonly silence: IncidentSilence; readonly hidden: number }
  | {
      readonly kind: "problem";
      /** In sentences that may hold a stranger's words. */
      readonly problem: string;
      readonly doubtful?: number;
      /** Alertmanager does not take the name of one of these labels. */
      readonly isNameRefused?: true;
    };

/** The silence, or a sentence that says why there is none. It never throws for what Alertmanager does. */
export async function makeSilence(ports: MakePorts, wanted: Wanted): Promise<Made> {
  const { addresses, matchers, subject } = wanted;
  const unfit = unfitness(matchers);
  if (unfit !== undefined) return problem(UNFIT[unfit], wanted.doubtful);
  const { now, address } = await hidesNow(ports.alertmanagers, { addresses, matchers, subject });
  if (now.kind !== "answered") {
    const why = now.kind === "failed" ? now.problem : "";
    return problem(
      `Nothing was silenced, because it is not known what it would hide. ${why}`,
      wanted.doubtful,
    );
  }
  if (now.isEverything) return problem(EVERYTHING, wanted.doubtful);
  return create(ports, { ...wanted, address }, now.hidden);
}

const EVERYTHING =
  "Nothing was silenced: it would hide everything that fires now, which is more than what you silence. Narrow it.";

function problem(text: string, doubtful?: number): Extract<Made, { kind: "problem" }> {
  return { kind: "problem", problem: text, ...(doubtful === undefined ? {} : { doubtful }) };
}

/** Where it is made. */
interface WantedAt extends Wanted {
  readonly address: string;
}

async function create(ports: MakePorts, wanted: WantedAt, hidden: number): Promise<Made> {
  const at = ports.clock.now();
  const { matchers, comment, by, address, durationMs, doubtful } = wanted;
  const asked: NewSilence = {
    matchers,
    startsAt: at,
    endsAt: at + durationMs,
    createdBy: by,
    comment,
  };
  const earlier = doubtful === undefined ? undefined : await found(ports, wanted, doubtful);
  if (earlier === "unknown") return problem(STILL_UNKNOWN, doubtful);
  const answer = await ports.alertmanagers.make(
    address,
    earlier === undefined ? asked : { ...asked, id: earlier.id },
  );
  if (answer.kind === "answered") return keep(ports, wanted, { asked, id: answer.value, hidden });
  if (!answer.mayBeDone) {
    const refused = answer.refusedMatcher !== undefined && { isNameRefused: true as const };
    return { ...problem(`Nothing was silenced. ${answer.problem}`), ...refused };
  }
  const after = await found(ports, wanted, asked.endsAt);
  if (after === "unknown") return problem(`${answer.problem} ${UNKNOWN}`, asked.endsAt);
  return after === undefined
    ? problem(`Nothing was silenced. ${answer.problem}`)
    : keep(ports, wanted, { asked, id: after.id, hidden });
}

const UNKNOWN =
  "So it is not known whether it was silenced. Press Silence again: you will not get two silences.";
const STILL_UNKNOWN = `Alertmanager still does not say which silences it has. ${UNKNOWN}`;

/** The silence that an attempt made, known by all that it asked for and by the moment of its end. */
async function found(
  ports: MakePorts,
  { address, matchers, by }: WantedAt,
  endsAt: number,
): Promise<Silence | "unknown" | undefined> {
  const answer = await ports.alertmanagers.silences(address);
  if (answer.kind === "failed") return "unknown";
  const key = keyOf(matchers);
  return answer.value.find(
    (each) =>
      each.state !== "expired" &&
      each.createdBy === by &&
      each.endsAt === endsAt &&
      keyOf(each.matchers) === key,
  );
}

function keyOf(matchers: readonly SilenceMatcher[]): string {
  return JSON.stringify(
    matchers
      .map(({ name, value, isRegex, isEqual }) => JSON.stringify([name, value, isRegex, isEqual]))
      .toSorted(),
  );
}

interface KeptSilence {
  readonly asked: NewSilence;
  readonly id: string;
  readonly hidden: number;
}

async function keep(ports: MakePorts, wanted: WantedAt, kept: KeptSilence): Promise<Made> {
  const { asked, id, hidden } = kept;
  const silence: IncidentSilence = {
    id,
    by: wanted.by,
    at: asked.startsAt,
    until: asked.endsAt,
    comment: wanted.comment,
    alertmanager: wanted.address,
    matchers: wanted.matchers,
  };
  try {
    await writeDown(ports, wanted, silence);
  } catch (error) {
    return undo(ports, silence, error);
  }
  ports.wakeDelivery();
  return { kind: "made", silence, hidden };
}

async function writeDown(ports: MakePorts, { subject, by }: Wanted, silence: IncidentSilence) {
  const nowMs = ports.clock.now();
  const act = { kind: "silence", by, silence } as const;
  const changed =
    subject.incident === undefined
      ? undefined
      : await ports.incidents.change(subject.incident.id, nowMs, (incident) => {
          const outcome = actOnIncident(incident, act, { nowMs, times: ports.times });
          return "refused" in outcome ? undefined : outcome;
        });
  // By command, or of an incident that is gone: the change of what is notified is kept all the same.
  if (changed === undefined) {
    await ports.audit.record({ who: by, action: "silence", detail: { ...silence } }, nowMs);
  }
}

async function undo(ports: MakePorts, silence: IncidentSilence, error: unknown): Promise<Made> {
  const { id, alertmanager = "" } = silence;
  const ended = await ports.alertmanagers.end(alertmanager, id);
  const fields = { err: error, silence: id, alertmanager, isUndone: ended.kind === "answered" };
  ports.log.error(fields, "a silence could not be written down");
  return ended.kind === "answered"
    ? problem(
        "Nothing is silenced: the bot could not store it, so I ended it again. Try again; the log says why.",
      )
    : problem(
        `It is silenced, but the bot could not store that, and I could not end it again. ${ended.problem} End it there, or with /streamline silences; its id is ${id}.`,
      );
}
