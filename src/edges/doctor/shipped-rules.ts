/** The rules that come with the bot, and the scrape jobs that they need. */

import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { ShippedRule } from "../../features/doctor/judge-prometheus.ts";

/** The alerts of alerts/*.rules.yml, each with the jobs that its expression names. */
export async function shippedRules(): Promise<ShippedRule[]> {
  const [{ readRules }, { neededJobs }, { parsePromql }] = await Promise.all([
    import("../../diagnosis/rules/read-rules.ts"),
    import("../../diagnosis/rules/needed-jobs.ts"),
    import("../../promql/parse.ts"),
  ]);
  const folder = new URL("../../../alerts/", import.meta.url);
  const files = (await readdir(fileURLToPath(folder))).filter((name) =>
    name.endsWith(".rules.yml"),
  );
  const read = await Promise.all(
    files.map(async (file) => {
      const { rules } = readRules(file, await readFile(new URL(file, folder), "utf8"));
      return rules.map(({ alert, expr }) => ({
        alert,
        file,
        jobs: jobsIn(expr),
        needs: [...neededJobs(parsePromql(expr))],
      }));
    }),
  );
  return read.flat();
}

function jobsIn(expr: string): string[] {
  const named = [...expr.matchAll(/job\s*=~?\s*"([^"]+)"/g)];
  return [...new Set(named.flatMap(([, jobs = ""]) => jobs.split("|")))];
}
