/**
 * `node src/drift/cli/drift.ts [--target URL]`: do our guides, rules, dashboards and checks name
 * what the server has, all of it, and nothing else? Prints each problem as `file:line: reason`.
 */

import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadChecks } from "../../diagnosis/checks/load-checks.ts";
import { LOG_SIGNATURES } from "../../diagnosis/checks/log-signatures.ts";
import { OWN_NAMES } from "../../diagnosis/checks/own-series.ts";
import { PROBES } from "../../diagnosis/probe-results.ts";
import { print } from "../../edges/cli/terminal-streams.ts";
import { createOwnMetrics } from "../../edges/own-metrics.ts";
import { parseExposition } from "../../exposition/parse-exposition.ts";
import type { PageProblem } from "../../knowledge/page.ts";
import { type Catalogue, parseCatalogue } from "../catalogue.ts";
import { checkLive, pathsToAsk } from "../check-live.ts";
import { findDrift } from "../find-drift.ts";
import { parseOtherPrograms } from "../other-programs.ts";
import type { OtherMetrics, OwnSeries } from "../surface.ts";
import { readExpression } from "./expression-reader.ts";
import { pollServer } from "./live-server.ts";
import { openRepository, type Repository } from "./repository.ts";

export interface DriftRun {
  readonly args: readonly string[];
  /** The repository's folder. */
  readonly root: string;
  readonly say: (line: string) => void;
}

const USAGE = `usage: drift [--target URL]
  --target URL   also compare a live server's /metrics and endpoints, for example http://localhost:9094`;

const CATALOGUES = "knowledge/catalogue";
const OTHER_PROGRAMS = `${CATALOGUES}/other-programs.yaml`;

/** The exit code: 0 without a problem, 1 with any, 2 for a wrong argument. */
export async function runDrift({ args, root, say }: DriftRun): Promise<number> {
  const options = readArguments(args);
  if (options.kind === "usage") {
    say(options.reason === undefined ? USAGE : `${options.reason}\n${USAGE}`);
    return options.reason === undefined ? 0 : 2;
  }
  const repository = await openRepository(root);
  const catalogues = await readCatalogues(repository);
  const problems = (
    await Promise.all(catalogues.map((catalogue) => driftOf(catalogue, repository)))
  ).flat();
  for (const { file, line, reason } of problems) say(`${file}:${line}: ${reason}`);
  const live = options.target === undefined ? 0 : await sayLive(options.target, catalogues, say);
  const all = problems.length + live;
  say(`${all} problem${all === 1 ? "" : "s"}`);
  return problems.length + live > 0 ? 1 : 0;
}

type Arguments =
  | { readonly kind: "run"; readonly target: string | undefined }
  | { readonly kind: "usage"; readonly reason?: string };

function readArguments(args: readonly string[]): Arguments {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { target: { type: "string" }, help: { type: "boolean" } },
    });
    if (values.help === true) return { kind: "usage" };
    if (values.target !== undefined && !/^https?:\/\//.test(values.target)) {
      return { kind: "usage", reason: `${values.target} is not an http address` };
    }
    return { kind: "run", target: values.target };
  } catch (error) {
    return { kind: "usage", reason: error instanceof Error ? error.message : String(error) };
  }
}

/** One for each server version, the newest last. */
async function readCatalogues(repository: Repository): Promise<Catalogue[]> {
  const files = [...repository.paths].filter((path) =>
    /^knowledge\/catalogue\/streamline-.*\.yaml$/.test(path),
  );
  if (files.length === 0) throw new Error(`there is no catalogue in ${CATALOGUES}/`);
  const sources = await Promise.all(files.toSorted().map((file) => repository.read(file)));
  return sources.map(({ file, text }) => parseCatalogue(text, file));
}

async function driftOf(catalogue: Catalogue, repository: Repository): Promise<PageProblem[]> {
  const wanted = [...repository.paths].filter((path) =>
    /^knowledge\/.*\.(?:md|terms\.ya?ml)$|^alerts\/[^/]*\.ya?ml$|^grafana\/[^/]*\.json$/.test(path),
  );
  const files = await Promise.all(wanted.toSorted().map((path) => repository.read(path)));
  const others = parseOtherPrograms((await repository.read(OTHER_PROGRAMS)).text);
  return findDrift({
    catalogue,
    otherMetrics: new Map([...others.metrics, ...(await botMetrics())]),
    otherFlags: others.flags,
    ownSeries: OWN_SERIES,
    files,
    paths: repository.paths,
    readExpression,
    judgeChecks: (pages) => loadChecks(pages).problems,
  });
}

const OWN_SERIES: OwnSeries = {
  names: OWN_NAMES,
  labelValues: new Map<string, readonly string[]>([
    ["signature", LOG_SIGNATURES.map(({ id }) => id)],
    ["probe", PROBES],
  ]),
};

/** Their labels are not known before something happened. */
async function botMetrics(): Promise<OtherMetrics> {
  const { body } = await createOwnMetrics().text();
  return new Map(
    [...parseExposition(body).families].flatMap(([name, { type }]) => {
      const suffixes = type === "histogram" ? ["_bucket", "_sum", "_count"] : [""];
      return suffixes.map((suffix): [string, undefined] => [name + suffix, undefined]);
    }),
  );
}

/** Compares with the catalogue of the server's own version, or the newest; returns the problems. */
async function sayLive(
  url: string,
  catalogues: readonly Catalogue[],
  say: (line: string) => void,
): Promise<number> {
  const newest = catalogues.at(-1);
  if (newest === undefined) return 0;
  const live = await pollServer(url, pathsToAsk(newest));
  const catalogue = catalogues.find(({ version }) => version === live.version) ?? newest;
  const { problems, notYet } = checkLive(live, catalogue);
  for (const problem of problems) say(`${url}: ${problem}`);
  if (notYet.length > 0) say(`${url}: not there before their first event: ${notYet.join(", ")}`);
  return problems.length;
}

if (import.meta.main) {
  process.exitCode = await runDrift({
    args: process.argv.slice(2),
    root: join(import.meta.dirname, "..", "..", ".."),
    say: (line) => void print(`${line}\n`),
  });
}
