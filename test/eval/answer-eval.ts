/** `streamline-bot eval --json`: the same measuring as `npm run eval`, as one answer by its schema. */

import { existsSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import type { z } from "zod";
import type { EVAL_OUTPUT } from "../../src/edges/answers/eval-shape.ts";
import { EXIT } from "../../src/edges/cli/exit-codes.ts";
import { concludeMoments, concludeRecordings, concludeSimulated } from "./conclude-eval.ts";
import { defaultFolder } from "./default-folder.ts";
import { ownChecks } from "./own-checks.ts";
import { isAboveFloor, momentsOfFolder } from "./recordings/evaluate-recordings.ts";
import { type PlayedVariant, variantNames, variantsTable } from "./recordings/evaluate-variants.ts";
import { recordingsTable } from "./recordings/recordings-table.ts";
import { type ReplayedAnswer, replayedLine, replayFile } from "./recordings/replay-file.ts";
import { VARIANTS } from "./recordings/variants.ts";
import { isBelowFloor, playSimulated, simulatedTable } from "./simulated.ts";

type EvalAnswer = z.output<typeof EVAL_OUTPUT>;
type Part = Omit<EvalAnswer, "checks" | "brokenChecks">;

export interface EvalWords {
  /** A file, a folder, or the beginning of simulated cases' ids. */
  readonly wanted?: string;
  readonly recordings?: string;
  readonly variant?: string;
  readonly workers?: number;
}

interface Measured {
  readonly answer: EvalAnswer;
  readonly exitCode: number;
  /** The tables of `npm run eval`. */
  readonly text: string;
}

interface Told {
  readonly part: Part;
  readonly text: string;
  /** Given where the usual code is not right: 3 where nothing could be read. */
  readonly exitCode?: number;
}

/** Throws for what cannot be read or is unknown: a folder, its labels, a variant, a case. */
export async function answerEval(words: EvalWords): Promise<Measured> {
  const { checks, problems } = ownChecks();
  const { part, text, exitCode } = await measured(words);
  const broken = problems.map(({ file, line, reason }) => ({ where: `${file}:${line}`, reason }));
  const isBelow = part.isAboveFloor === false || (part.isAboveFloor && broken.length > 0);
  return {
    answer: { checks: checks.length, brokenChecks: broken, ...part },
    exitCode: exitCode ?? (isBelow ? EXIT.wrong : EXIT.clean),
    text: [...broken.map(({ where, reason }) => `${where}: ${reason}`), text].join("\n"),
  };
}

function measured(words: EvalWords): Promise<Told> {
  const { wanted = "", recordings, variant } = words;
  if (variant !== undefined) return ofVariants(recordings ?? defaultFolder(), variant);
  if (recordings !== undefined) return ofFolder(recordings);
  if (wanted === "" || !existsSync(wanted)) return ofOwn(words);
  return statSync(wanted).isFile() ? ofFile(wanted) : ofFolder(wanted);
}

async function ofFolder(folder: string): Promise<Told> {
  const { moments, problems } = await momentsOfFolder(folder);
  return {
    part: { recordings: concludeRecordings(folder, moments, problems) },
    text: recordingsTable(moments),
  };
}

async function ofVariants(folder: string, asked: string): Promise<Told> {
  const played: PlayedVariant[] = [];
  for (const name of variantNames(asked)) {
    played.push({ name, moments: (await momentsOfFolder(folder, name)).moments });
  }
  const variants = played.map(({ name, moments }) => ({
    variant: name,
    about: VARIANTS[name]?.about ?? "",
    ...concludeMoments(moments),
  }));
  return { part: { variants }, text: variantsTable(played) };
}

async function ofFile(file: string): Promise<Told> {
  const answers: ReplayedAnswer[] = [];
  const { polls, problems } = await replayFile(file, (answer) => answers.push(answer));
  const changes = answers.map(({ ms, ...said }) => ({ time: new Date(ms).toISOString(), ...said }));
  return {
    part: { replayed: { file, polls, changes, problems: [...problems] } },
    text: [...answers.map(replayedLine), ...problems].join("\n"),
    ...(polls === 0 ? { exitCode: EXIT.cannotTell } : {}),
  };
}

/** Recordings, unless only some simulated cases are wanted, and the simulated cases. */
async function ofOwn({ wanted = "", workers = availableParallelism() }: EvalWords): Promise<Told> {
  const folder = defaultFolder();
  const played = wanted === "" ? await momentsOfFolder(folder) : undefined;
  const scores = await playSimulated({ wanted, workers: Math.max(1, workers) });
  const isAbove = played === undefined || isAboveFloor(played.moments);
  return {
    part: {
      isAboveFloor: isAbove && !isBelowFloor(scores),
      ...(played === undefined
        ? {}
        : { recordings: concludeRecordings(folder, played.moments, played.problems) }),
      simulated: concludeSimulated(scores),
    },
    text: [
      ...(played === undefined ? [] : [recordingsTable(played.moments), ""]),
      simulatedTable(scores),
    ].join("\n"),
  };
}
