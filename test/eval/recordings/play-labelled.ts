/** One labelled recording, played in as many phases as lines lie between two polls, and asked at its moments. */

import type { Check } from "../../../src/diagnosis/checks/check.ts";
import { type Diagnosis, diagnose } from "../../../src/diagnosis/checks/diagnose.ts";
import { evidenceOf } from "../../../src/diagnosis/checks/evidence-of-history.ts";
import { playPolls } from "../../../src/edges/recording/play-recording.ts";
import {
  type RecordingProblems,
  readRecording,
} from "../../../src/edges/recording/read-recording.ts";
import { followedBy } from "./joined-recordings.ts";
import { type Judgement, judgeMoment, type Said } from "./judge-moment.ts";
import type { LabelledRecording } from "./labels.ts";
import { type Moment, momentsOf } from "./moments.ts";
import { USUAL_LINES, type Variant } from "./variants.ts";

/** One answer and what it is worth; a line of `--json`. */
export interface MomentLine extends Said {
  readonly scenario: string;
  readonly phase: number;
  /** The fault that is asked about; null where nothing is wrong. */
  readonly fault: string | null;
  readonly at: string;
  readonly ms: number;
  readonly judged: Judgement;
  /** The labels ask for the right answer from this time on. */
  readonly isDue: boolean;
  /** What was not said aloud but explains the rest, for those who read on. */
  readonly details: string;
}

export interface PlayedRecording {
  readonly lines: readonly MomentLine[];
  readonly polls: number;
  readonly problems: readonly string[];
}

export async function playLabelled(
  recording: LabelledRecording,
  checks: readonly Check[],
  { everyLines = USUAL_LINES, alter, after }: Omit<Variant, "about"> = {},
): Promise<PlayedRecording> {
  const waiting = [...momentsOf(recording)];
  const lines: MomentLine[] = [];
  const problems: RecordingProblems = { broken: 0, isCut: false };
  const own = readRecording(recording.file, problems);
  const polls = await playPolls(after === undefined ? own : followedBy(after, recording, own), {
    phases: everyLines,
    ...(alter === undefined ? {} : { alter: alter(recording) }),
    before: (timeMs, histories) => {
      for (let next = waiting[0]; next !== undefined && next.ms < timeMs; next = waiting[0]) {
        for (const [phase, history] of histories.entries()) {
          const moment = asSeen(next, history.stats().lastMs);
          if (moment === undefined) continue;
          const diagnosis = diagnose({ checks, evidence: evidenceOf(history), nowMs: next.ms });
          lines.push(lineOf(recording.name, phase, { moment, diagnosis }));
        }
        waiting.shift();
      }
    },
  });
  return {
    lines,
    polls,
    problems: [
      ...(problems.broken === 0
        ? []
        : [`${recording.name}: ${problems.broken} lines of it cannot be read`]),
      ...(problems.isCut ? [`${recording.name}: its end is missing`] : []),
      ...(polls === 0 ? [`${recording.name}: no poll could be read`] : []),
    ],
  };
}

/** A person who asks is answered by a poll that is this old at most (`SAMPLER_DEFAULTS.intervalMs`). */
const OLDEST_POLL_MS = 15_000;

/**
 * Where polls are lost or rare, what could be seen is asked for: a fault that no poll has met yet is
 * left out, and one that was polled longer ago counts as asked that much earlier.
 */
function asSeen(moment: Moment, lastMs: number | undefined): Moment | undefined {
  const tooOldMs = moment.ms - OLDEST_POLL_MS - (lastMs ?? 0);
  if (moment.kind === "normal" || tooOldMs <= 0) return moment;
  if ((lastMs ?? 0) < moment.expected.fromMs) return undefined;
  return { ...moment, afterS: moment.afterS - tooOldMs / 1_000 };
}

interface Asked {
  readonly moment: Moment;
  readonly diagnosis: Diagnosis;
}

function lineOf(scenario: string, phase: number, { moment, diagnosis }: Asked): MomentLine {
  const said = saidBy(diagnosis);
  return {
    scenario,
    phase,
    fault: moment.kind === "fault" ? moment.expected.fault : null,
    at: moment.at,
    ms: moment.ms,
    ...said,
    judged: judgeMoment(moment, said, diagnosis),
    isDue: moment.kind === "fault" && moment.afterS >= moment.expected.goodByS,
    details: detailsOf(diagnosis),
  };
}

export function saidBy(diagnosis: Diagnosis): Said {
  const { verdict, active, recovered } = diagnosis;
  if (verdict.kind === "recovered") {
    const first = verdict.cause.check.id;
    const second = recovered.find(({ check }) => check.id !== first)?.check.id ?? null;
    return { verdict: verdict.kind, first, second, tense: "past" };
  }
  if (verdict.kind !== "active") {
    return { verdict: verdict.kind, first: null, second: null, tense: null };
  }
  const first = verdict.cause.check.id;
  const second = active.find(({ check }) => check.id !== first)?.check.id ?? null;
  return { verdict: verdict.kind, first, second, tense: "present" };
}

function detailsOf({ active, recovered, unknown }: Diagnosis): string {
  const ids = active.map(({ check }) => check.id).join(", ");
  const past = recovered.map(({ check }) => check.id).join(", ");
  return `[${ids}] recovered: [${past}] unknown: ${unknown.map(({ check, reason }) => `${check.id}(${reason.kind})`).join(", ")}`;
}
