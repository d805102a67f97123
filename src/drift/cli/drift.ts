/**
 * `node src/drift/cli/drift.ts [--target URL] [--json]`: do our guides, rules, dashboards and checks name
 * what the server has, all of it, and nothing else? Prints each problem as `file:line: reason`.
 */

import { join } from "node:path";
import { loadChecks } from "../../diagnosis/checks/load-checks.ts";
import { LOG_SIGNATURES } from "../../diagnosis/checks/log-signatures.ts";
import { OWN_NAMES } from "../../diagnosis/checks/own-series.ts";
import { PROBES } from "../../diagnosis/probe-results.ts";
import { answerJson } from "../../edges/answers/answer-json.ts";
import { EXIT } from "../../edges/cli/exit-codes.ts";
import { parseArguments } from "../../edges/cli/parse-arguments.ts";
import { hint, print } from "../../edges/cli/terminal-streams.ts";
import { terminalTargets } from "../../edges/cli/terminal-target.ts";
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
  /** For what is wrong with the arguments. */
  readonly complain: (line: string) => void;
}

const USAGE = `usage: drift [--target URL] [--json]
  --target URL   also compare a live server's /metrics and endpoints, for example http://localhost:9094
  --json         one line of JSON`;

const CATALOGUES = "knowledge/catalogue";
const OTHER_PROGRAMS = `${CATALOGUES}/other-programs.yaml`;

/** The exit code: 0 without a problem, 1 with any, 2 for a wrong argument, 3 where the server does not answer. */
export async function runDrift({ args, root, say, complain }: DriftRun): Promise<number> {
  const options = readArguments(args);
  if (options.kind === "usage") {
    if (options.reason === undefined) say(USAGE);
    else complain(`${options.reason}\n${USAGE}`);
    return options.reason === undefined ? EXIT.clean : EXIT.usage;
  }
  const repository = await openRepository(root);
  const catalogues = await readCatalogues(repository);
  const problems = (
    await Promise.all(catalogues.map((catalogue) => driftOf(catalogue, repository)))
  ).flat();
  const live =
    options.target === undefined ? NOT_ASKED : await liveDrift(options.target, catalogues);
  const own = problems.map(({ file, line, reason }) => ({ where: `${file}:${line}`, reason }));
  const found = { ...live, problems: [...own, ...live.problems] };
  return report(found, options, say);
}

interface FoundDrift {
  /** Why the live server could not be compared. */
  readonly unreached?: string;
  readonly problems: readonly { readonly where: string; readonly reason: string }[];
  /** Series of the live server that appear with their first event. */
  readonly notYet: readonly string[];
}

const NOT_ASKED: FoundDrift = { problems: [], notYet: [] };

function report(
  { problems, notYet, unreached }: FoundDrift,
  { target, isJson }: Extract<Arguments, { kind: "run" }>,
  say: DriftRun["say"],
): number {
  const lines = [
    ...problems.map(({ where, reason }) => `${where}: ${reason}`),
    ...(notYet.length === 0
      ? []
      : [`${target}: not there before their first event: ${notYet.join(", ")}`]),
    ...(unreached === undefined ? [] : [unreached]),
    `${problems.length} problem${problems.length === 1 ? "" : "s"}`,
  ];
  const told = unreached === undefined ? EXIT.clean : EXIT.cannotTell;
  const exitCode = problems.length > 0 ? EXIT.wrong : told;
  const answer = { problems, notYet, ...(unreached === undefined ? {} : { unreached }) };
  const line = { command: "drift", outcome: "answered", exitCode, answer } as const;
  if (isJson) say(answerJson({ ...line, text: lines.join("\n") }));
  else for (const each of lines) say(each);
  return exitCode;
}

type Arguments =
  | { readonly kind: "run"; readonly target: string | undefined; readonly isJson: boolean }
  | { readonly kind: "usage"; readonly reason?: string };

function readArguments(args: readonly string[]): Arguments {
  try {
    const { values } = parseArguments({
      args: [...args],
      options: { target: { type: "string" }, json: { type: "boolean" }, help: { type: "boolean" } },
    });
    if (values.help === true) return { kind: "usage" };
    const isJson = values.json === true;
    if (values.target === undefined) return { kind: "run", target: undefined, isJson };
    const chosen = terminalTargets({ target: values.target }, {});
    if (chosen.kind === "usage") return { kind: "usage", reason: chosen.problem };
    return { kind: "run", target: chosen.targets[0]?.http, isJson };
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

/** Compares with the catalogue of the server's own version, or the newest. */
async function liveDrift(url: string, catalogues: readonly Catalogue[]): Promise<FoundDrift> {
  const newest = catalogues.at(-1);
  if (newest === undefined) return NOT_ASKED;
  const live = await pollServer(url, pathsToAsk(newest));
  if ([...live.statuses.values()].every((status) => status === undefined)) {
    return {
      problems: [],
      notYet: [],
      unreached: `${url} does not answer: nothing of it was compared`,
    };
  }
  const catalogue = catalogues.find(({ version }) => version === live.version) ?? newest;
  const { problems, notYet } = checkLive(live, catalogue);
  return { problems: problems.map((reason) => ({ where: url, reason })), notYet };
}

if (import.meta.main) {
  process.exitCode = await runDrift({
    args: process.argv.slice(2),
    root: join(import.meta.dirname, "..", "..", ".."),
    say: (line) => void print(`${line}\n`),
    complain: hint,
  });
}
