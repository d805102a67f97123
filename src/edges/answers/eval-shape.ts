/** What `eval` concludes, as a schema: how many moments are right, by recording, and each that is not. */

import { z } from "zod";
import { time } from "./shared-shapes.ts";

const count = z.number().int().min(0);

const judged = z
  .object({
    right: count,
    symptom: count.describe("a true symptom of the fault came first, not the cause"),
    quiet: count.describe("nothing was said, before the labels ask for an answer"),
    abstained: count.describe("cannot tell, or the right check is among those not checked"),
    missed: count.describe("nothing was said, and the labels ask for an answer"),
    wrong: count.describe("another cause came first"),
    stale: count.describe("a fault that is over was told as present"),
    "false-alarm": count.describe("a cause where nothing is wrong"),
  })
  .describe("moments by what the answer was worth");

const sum = z.object({ moments: count, judged });

const verdictKind = z.enum(["active", "recovered", "clean", "cannot-tell"]);

const said = {
  verdict: verdictKind,
  first: z.string().nullable().describe("id of the check that was named first"),
  second: z.string().nullable(),
  tense: z.enum(["present", "past"]).nullable(),
};

const failing = z
  .array(
    z.object({
      recording: z.string(),
      phase: count.describe("which of the lines between two polls the first poll was"),
      fault: z.string().nullable().describe("null where nothing is wrong"),
      at: z.string().describe("the moment as the labels name it, such as +60 or end+120"),
      time,
      ...said,
      judged: z.enum(["missed", "wrong", "stale", "false-alarm"]),
    }),
  )
  .describe("each moment that was missed, wrong, stale or a false alarm");

const simulatedSum = z.object({
  cases: count,
  first: count.describe("the right cause first, or none where there is none"),
  amongFirstThree: count,
  abstained: count,
  wrong: count.describe("a wrong cause first, or healthy what was not"),
});

export const EVAL_OUTPUT = z.object({
  isAboveFloor: z
    .boolean()
    .optional()
    .describe("whether it is as good as it must be; absent where there is no floor"),
  checks: count.describe("checks that were used"),
  brokenChecks: z
    .array(z.object({ where: z.string().describe("FILE:LINE"), reason: z.string() }))
    .describe("checks that could not be loaded"),
  recordings: z
    .object({
      folder: z.string(),
      total: sum,
      duringFaults: sum,
      afterTheEnd: sum,
      beforeFaultsAndInControls: sum,
      perRecording: z.array(sum.extend({ recording: z.string() })),
      failing,
      problems: z.array(z.string()).describe("files and lines that could not be read"),
    })
    .optional(),
  variants: z
    .array(sum.extend({ variant: z.string(), about: z.string(), failing }))
    .optional()
    .describe("with --variant: the recordings as they would be on other servers"),
  simulated: z
    .object({
      total: simulatedSum,
      faults: simulatedSum,
      controls: simulatedSum,
      perClass: z.array(simulatedSum.extend({ class: z.string() })),
      failing: z
        .array(
          z.object({ case: z.string(), judged: z.enum(["abstained", "wrong"]), said: z.string() }),
        )
        .describe("each case whose right cause did not come first"),
    })
    .optional(),
  replayed: z
    .object({
      file: z.string(),
      polls: count,
      changes: z
        .array(z.object({ time, ...said, says: z.string() }))
        .describe("the answer of the first poll, and each that differs from the one before"),
      problems: z.array(z.string()),
    })
    .optional()
    .describe("with FILE: one recording without labels"),
});
