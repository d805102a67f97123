/** Moments and scores -> how many are right, and each that is not, by the schema of `eval --json`. */

import type { z } from "zod";
import type { EVAL_OUTPUT } from "../../src/edges/answers/eval-shape.ts";
import { isNotWell, type Judgement } from "./recordings/judge-moment.ts";
import type { MomentLine } from "./recordings/play-labelled.ts";
import { countOf, isAfter, isFault } from "./recordings/recordings-table.ts";
import { lineOf, type Score } from "./score.ts";
import { isControlCase, isFaultCase, isPlain } from "./simulated.ts";

type EvalAnswer = z.output<typeof EVAL_OUTPUT>;
type Recordings = NonNullable<EvalAnswer["recordings"]>;
type Sum = Recordings["total"];

export function concludeRecordings(
  folder: string,
  moments: readonly MomentLine[],
  problems: readonly string[],
): Recordings {
  const byRecording = Map.groupBy(moments, ({ scenario }) => scenario);
  return {
    folder,
    total: sumOf(moments),
    duringFaults: sumOf(moments.filter(isFault)),
    afterTheEnd: sumOf(moments.filter(isAfter)),
    beforeFaultsAndInControls: sumOf(moments.filter((each) => !isFault(each) && !isAfter(each))),
    perRecording: [...byRecording].map(([recording, own]) => ({ recording, ...sumOf(own) })),
    failing: failingOf(moments),
    problems: [...problems],
  };
}

export function concludeMoments(moments: readonly MomentLine[]): Sum & Pick<Recordings, "failing"> {
  return { ...sumOf(moments), failing: failingOf(moments) };
}

function sumOf(moments: readonly MomentLine[]): Sum {
  const count = (judged: Judgement): number => countOf(moments, judged);
  return {
    moments: moments.length,
    judged: {
      right: count("right"),
      symptom: count("symptom"),
      quiet: count("quiet"),
      abstained: count("abstained"),
      missed: count("missed"),
      wrong: count("wrong"),
      stale: count("stale"),
      "false-alarm": count("false-alarm"),
    },
  };
}

function failingOf(moments: readonly MomentLine[]): Recordings["failing"] {
  return moments.flatMap((moment) => {
    const { scenario, phase, fault, at, ms, verdict, first, second, tense, judged } = moment;
    if (!isNotWell(judged)) return [];
    const time = new Date(ms).toISOString();
    return [{ recording: scenario, phase, fault, at, time, verdict, first, second, tense, judged }];
  });
}

export function concludeSimulated(scores: readonly Score[]): NonNullable<EvalAnswer["simulated"]> {
  const byClass = Map.groupBy(scores, (score) => score.case.class);
  return {
    total: casesOf(scores),
    faults: casesOf(scores.filter(isFaultCase)),
    controls: casesOf(scores.filter(isControlCase)),
    perClass: [...byClass].map(([name, own]) => ({ class: name, ...casesOf(own) })),
    failing: scores
      .filter((score) => !isPlain(score))
      .map((score) => ({
        case: score.case.id,
        judged: score.wrong ? "wrong" : "abstained",
        said: score.said,
      })),
  };
}

function casesOf(scores: readonly Score[]) {
  const { cases, top1, top3, abstained, wrong } = lineOf("", scores);
  return { cases, first: top1, amongFirstThree: top3, abstained, wrong };
}
