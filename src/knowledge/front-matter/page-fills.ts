/** `fills:` of a page: which placeholder of its commands takes the value of which label. */

import { z } from "zod";
import type { Fills } from "../page.ts";
import type { Complaint, YamlBlock } from "./yaml-block.ts";

/** One label, or several of which the first that an alert carries counts. */
const labelNames = z
  .union([z.string(), z.array(z.string()).min(1)])
  .transform((names) => (typeof names === "string" ? [names] : names));

/** In the front matter, or in the file of terms beside the page; a wrong one costs itself alone. */
export function readFills(
  value: unknown,
  { block, path, what }: { block: YamlBlock; path: readonly string[]; what: string },
): { fills: Fills; complaints: readonly Complaint[] } {
  if (value === undefined || value === null) return { fills: {}, complaints: [] };
  const complain = (below: readonly string[], reason: string): Complaint => ({
    line: block.lineOf([...path, ...below]),
    reason: `${what}: ${[...path, ...below].join(".")}: ${reason}`,
  });
  if (typeof value !== "object" || Array.isArray(value)) {
    return { fills: {}, complaints: [complain([], "must be a list of placeholders and labels")] };
  }
  const fills = new Map<string, readonly string[]>();
  const complaints: Complaint[] = [];
  for (const [name, given] of Object.entries(value)) {
    const names = labelNames.safeParse(given);
    const wrong = whyNoPlaceholder(name) ?? (names.success ? undefined : "must name a label");
    if (wrong !== undefined) complaints.push(complain([name], wrong));
    else if (names.success) fills.set(name, names.data);
  }
  return { fills: Object.fromEntries(fills), complaints };
}

function whyNoPlaceholder(name: string): string | undefined {
  if (!/^[A-Z][A-Z0-9_]*$/.test(name)) return "a placeholder has capitals, digits and underscores";
  if (name !== "STREAMLINE_HTTP" && name !== "STREAMLINE_KAFKA") return undefined;
  return "the server's addresses come from the configuration, never from a label";
}
