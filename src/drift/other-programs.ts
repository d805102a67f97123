/** Names of other programs that our files use. */

import { parseDocument } from "yaml";
import { z } from "zod";

/** What our files use of other programs: metrics with their labels, and options. */
export interface OtherPrograms {
  readonly metrics: ReadonlyMap<string, readonly string[]>;
  readonly flags: ReadonlySet<string>;
}

const otherShape = z.strictObject({
  metrics: z.record(z.string(), z.record(z.string(), z.array(z.string()))),
  flags: z.record(z.string(), z.array(z.string().startsWith("-"))),
});

/** Reads knowledge/catalogue/other-programs.yaml; throws for another shape. */
export function parseOtherPrograms(text: string): OtherPrograms {
  const { metrics, flags } = otherShape.parse(parseDocument(text).toJS());
  return {
    metrics: new Map(Object.values(metrics).flatMap((each) => Object.entries(each))),
    flags: new Set(Object.values(flags).flat()),
  };
}
