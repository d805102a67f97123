/** labels.json of a folder of recordings: what a right answer names, by when, and what it must not name. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const ids = z.array(z.string()).default([]);

const expectation = z.looseObject({
  fault: z.string(),
  fromMs: z.number(),
  toMs: z.number(),
  firstAnyOf: ids,
  alsoFine: ids,
  mustNotFirst: ids,
  goodByS: z.number(),
  latestByS: z.number(),
  unknownOk: z.boolean().default(false),
  healthyOk: z.boolean().default(false),
  allAmongFirstThree: ids,
});

const normal = z.looseObject({ name: z.string(), ms: z.number(), allowed: ids });

const scenario = z.looseObject({
  file: z.string().optional(),
  kind: z.string(),
  startMs: z.number().default(0),
  uptimeAtStartS: z.number().default(0),
  expect: z.array(expectation).default([]),
  normal: z.array(normal).default([]),
});

const labelsFile = z.looseObject({ scenarios: z.record(z.string(), scenario) });

export type Expectation = z.infer<typeof expectation>;
export type Normal = z.infer<typeof normal>;

export interface LabelledRecording {
  readonly name: string;
  readonly file: string;
  readonly kind: string;
  /** When it begins, and how long the server had been up then. */
  readonly startMs: number;
  readonly uptimeAtStartS: number;
  readonly expect: readonly Expectation[];
  readonly normal: readonly Normal[];
}

export interface LabelledFolder {
  readonly recordings: readonly LabelledRecording[];
  /** Recordings that the labels name and the folder lacks. */
  readonly missing: readonly string[];
}

/** Reads a folder's labels; throws with the place and the reason when they cannot be read. */
export function readLabels(folder: string): LabelledFolder {
  const path = join(folder, "labels.json");
  if (!existsSync(path)) {
    throw new Error(`${path} does not exist: a folder of recordings has its labels there`);
  }
  const parsed = labelsFile.safeParse(jsonOf(path));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`${path}: ${issue?.path.join(".")}: ${issue?.message}`);
  }
  const all = Object.entries(parsed.data.scenarios).map(([name, { file, ...rest }]) => ({
    name,
    file: join(folder, file ?? `${name}.jsonl.gz`),
    ...rest,
  }));
  const there = all.filter(({ file }) => existsSync(file));
  return {
    recordings: there,
    missing: all.filter((each) => !there.includes(each)).map(({ name }) => name),
  };
}

function jsonOf(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`${path} is not JSON`, { cause: error });
  }
}
