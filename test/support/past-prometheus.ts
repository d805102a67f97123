/** A real Prometheus that holds hours of the past from its start on. */

import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { promisify } from "node:util";
import { formatNumber } from "../../src/promql/format-number.ts";
import { promqlString } from "../../src/promql/literals.ts";
import { startProgram } from "./programs.ts";

export interface PastSeries {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Undefined where it was not scraped. */
  readonly at: (timeMs: number) => number | undefined;
}

export interface Past {
  readonly fromMs: number;
  readonly toMs: number;
  readonly everyMs: number;
  readonly series: readonly PastSeries[];
}

/** Backfilled by promtool, so that no time passes. */
export async function startPastPrometheus(
  t: TestContext,
  past: Past,
  flags: readonly string[] = [],
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "bot-past-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const data = join(folder, "data");
  mkdirSync(data);
  const file = join(folder, "past.om");
  writeFileSync(file, `${linesOf(past).join("\n")}\n# EOF\n`);
  await promisify(execFile)("promtool", ["tsdb", "create-blocks-from", "openmetrics", file, data]);
  const { url } = await startProgram(t, {
    command: "prometheus",
    files: { "prometheus.yml": "" },
    args: ({ folder: own, port }) => [
      `--config.file=${join(own, "prometheus.yml")}`,
      `--storage.tsdb.path=${data}`,
      `--web.listen-address=127.0.0.1:${port}`,
      ...flags,
    ],
    readyPath: "/-/ready",
  });
  return url;
}

/** In the order of OpenMetrics: each series whole, and a name's series together. */
function linesOf({ fromMs, toMs, everyMs, series }: Past): string[] {
  const lines: string[] = [];
  for (const [, own] of Map.groupBy(series, ({ name }) => name)) {
    for (const { name, labels, at } of own) {
      const pairs = Object.entries(labels).map(([key, value]) => `${key}=${promqlString(value)}`);
      for (let timeMs = fromMs; timeMs <= toMs; timeMs += everyMs) {
        const value = at(timeMs);
        if (value === undefined) continue;
        lines.push(`${name}{${pairs.join(",")}} ${formatNumber(value)} ${timeMs / 1_000}`);
      }
    }
  }
  return lines;
}
