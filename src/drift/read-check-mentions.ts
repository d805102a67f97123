/** The PromQL in a page's checks. A check of another shape is reported where checks are loaded. */

import { z } from "zod";
import type { RawCheck } from "../knowledge/page.ts";
import type { ExpressionMode, Mention } from "./mention.ts";

const shape = z.object({
  expr: z.string(),
  proof: z.string().optional(),
  chart: z.string().optional(),
  values: z.record(z.string(), z.string()).default({}),
  needs: z
    .array(z.object({ series: z.string(), missing_ok_if: z.string().optional() }))
    .default([]),
});

/** A mention for each expression of each check, with the check's line. */
export function readCheckMentions(file: string, checks: readonly RawCheck[]): Mention[] {
  return checks.flatMap(({ value, line }) => {
    const parsed = shape.safeParse(value);
    if (!parsed.success) return [];
    const { expr, proof, chart, values, needs } = parsed.data;
    // Whoever says when a series may be missing knows that not every server has it.
    const hedged = needs.some((need) => need.missing_ok_if !== undefined);
    const queries = [
      expr,
      proof,
      chart,
      ...Object.values(values),
      ...needs.map((n) => n.missing_ok_if),
    ];
    const mention = (text: string, mode: ExpressionMode): Mention => ({
      kind: "expression",
      text,
      mode,
      file,
      line,
      place: "check",
      hedged,
    });
    return [
      ...queries.flatMap((text) => (text === undefined ? [] : [mention(text, "query")])),
      ...needs.map(({ series }) => mention(series, "series")),
    ];
  });
}
