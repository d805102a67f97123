/** A repository of a few files and the real catalogue, for tests of the drift check. */

import { readFileSync } from "node:fs";
import { parseCatalogue } from "../../src/drift/catalogue.ts";
import { readExpression } from "../../src/drift/cli/expression-reader.ts";
import { findDrift } from "../../src/drift/find-drift.ts";
import { parseOtherPrograms } from "../../src/drift/other-programs.ts";
import type { Page, PageProblem } from "../../src/knowledge/page.ts";

const FILE = "knowledge/catalogue/streamline-0.2.0.yaml";
const CATALOGUE = parseCatalogue(readFileSync(FILE, "utf8"), FILE);
const OTHERS = parseOtherPrograms(readFileSync("knowledge/catalogue/other-programs.yaml", "utf8"));

export type Files = Readonly<Record<string, string>>;

/** All drift of these files; that they document next to nothing is left out. */
export function driftOf(
  files: Files,
  judge: (pages: readonly Page[]) => PageProblem[] = () => [],
): string[] {
  return allDriftOf(files, judge).filter((problem) => !problem.includes("documented nowhere"));
}

export function allDriftOf(
  files: Files,
  judgeChecks: (pages: readonly Page[]) => PageProblem[],
): string[] {
  const problems = findDrift({
    catalogue: CATALOGUE,
    otherMetrics: OTHERS.metrics,
    otherFlags: OTHERS.flags,
    ownSeries: {
      names: new Set(["log_signature_total"]),
      labelValues: new Map([["signature", ["disk-full"]]]),
    },
    files: Object.entries(files).map(([file, text]) => ({ file, text })),
    paths: new Set(Object.keys(files)),
    readExpression,
    judgeChecks,
  });
  return problems.map(({ file, line, reason }) => `${file}:${line}: ${reason}`);
}

export const GUIDE = "knowledge/GUIDE.md";

/** All drift of one guide with these lines, without its name. */
export function inGuide(...lines: string[]): string[] {
  return driftOf({ [GUIDE]: lines.join("\n") }).map((problem) => problem.replace(`${GUIDE}:`, ""));
}

/** How our files are addressed from outside. */
export const REPOSITORY_URL =
  "https://github.com/streamline-incident-bot/streamline-incident-bot/blob/main/";

/** A rule file with the alert Slow. */
export function rules(expr: string, description = "x", runbook = "runbooks/Slow.md"): string {
  return `groups:
  - name: a
    rules:
      - alert: Slow
        expr: ${expr}
        annotations:
          description: ${description}
          runbook_url: ${REPOSITORY_URL}knowledge/${runbook}
`;
}

export const RUNBOOK = { "knowledge/runbooks/Slow.md": "---\nalerts: [Slow]\n---\n# Slow\n" };
