/**
 * Drift: where our guides, rules, dashboards and checks name what the server does not have, or do
 * not name what it has. Everything is a value; who calls reads the files.
 */

import { isTermsFile, termsFileOf } from "../knowledge/front-matter/section-terms.ts";
import type { Page, PageProblem } from "../knowledge/page.ts";
import { readPage } from "../knowledge/read-page.ts";
import type { Catalogue } from "./catalogue.ts";
import { checkAlerts } from "./check-alerts.ts";
import { checkCoverage } from "./check-coverage.ts";
import { checkExpression } from "./check-expression.ts";
import { checkFills } from "./check-fills.ts";
import { checkLinks } from "./check-links.ts";
import { checkName } from "./check-names.ts";
import type { ExpressionReader } from "./expression.ts";
import type { Mention } from "./mention.ts";
import { readCheckMentions } from "./read-check-mentions.ts";
import { type DashboardFile, readDashboard } from "./read-dashboard.ts";
import { readPageMentions, readWordMentions, type SourceFile } from "./read-page-mentions.ts";
import { type RuleFile, readRuleFile } from "./read-rules.ts";
import type { OtherMetrics, OwnSeries, Surface } from "./surface.ts";

export interface DriftInput {
  readonly catalogue: Catalogue;
  /** Metrics of other programs and of the bot itself, with their labels where they are known. */
  readonly otherMetrics: OtherMetrics;
  /** Options of other programs that prose names alone. */
  readonly otherFlags: ReadonlySet<string>;
  readonly ownSeries: OwnSeries;
  /**
   * Guides and runbooks (`knowledge/**.md`) with their terms (`.terms.yaml` beside them), rules
   * (`alerts/*.yml`), dashboards (`grafana/*.json`).
   */
  readonly files: readonly SourceFile[];
  /** Every file of the repository, by its path from the root. */
  readonly paths: ReadonlySet<string>;
  readonly readExpression: ExpressionReader;
  /** What is wrong with the checks themselves, which this folder only sees as values. */
  readonly judgeChecks: (pages: readonly Page[]) => readonly PageProblem[];
}

/** Every problem with its file, line and reason, in the order of files and lines. */
export function findDrift(input: DriftInput): PageProblem[] {
  const sources = readSources(input.files);
  const surface: Surface = {
    catalogue: input.catalogue,
    others: input.otherMetrics,
    otherFlags: input.otherFlags,
    ownSeries: input.ownSeries,
    records: new Set(sources.rules.flatMap(({ records }) => records)),
  };
  const { mentions, pages } = sources;
  const dashboardUids = new Set(sources.dashboards.flatMap(({ uid }) => uid ?? []));
  const alerts = sources.rules.flatMap((rules) => rules.alerts);
  const inKnowledge = mentions.filter(({ file }) => file.startsWith("knowledge/"));
  return inOrder([
    ...sources.problems,
    ...input.judgeChecks([...pages.values()]),
    ...[...pages.values()].flatMap(checkFills),
    ...mentions.flatMap((mention) => checkMention(mention, surface, input.readExpression)),
    ...checkLinks(mentions, { paths: input.paths, pages, dashboardUids }),
    ...checkAlerts({ alerts, pages, mentions }),
    ...checkCoverage(inKnowledge, input.catalogue),
  ]);
}

interface Sources {
  readonly pages: ReadonlyMap<string, Page>;
  readonly rules: readonly RuleFile[];
  readonly dashboards: readonly DashboardFile[];
  readonly mentions: readonly Mention[];
  readonly problems: readonly PageProblem[];
}

function readSources(files: readonly SourceFile[]): Sources {
  const among = (pattern: RegExp): SourceFile[] => files.filter(({ file }) => pattern.test(file));
  const terms = new Map(among(/^knowledge\//).flatMap((source) => termsIn(source)));
  const read = among(/^knowledge\/.*\.md$/).map((source) => readOnePage(source, terms));
  const rules = among(/^alerts\/[^/]*\.ya?ml$/).map(readRuleFile);
  const dashboards = among(/^grafana\/[^/]*\.json$/).map(readDashboard);
  const all = [...read, ...rules, ...dashboards];
  return {
    pages: new Map(read.flatMap(({ path, page }) => (page === undefined ? [] : [[path, page]]))),
    rules,
    dashboards,
    mentions: all.flatMap(({ mentions }) => mentions),
    problems: [...all.flatMap(({ problems }) => problems), ...lostTerms(terms, read)],
  };
}

type TermsByFile = ReadonlyMap<string, SourceFile>;

function termsIn(source: SourceFile): [string, SourceFile][] {
  return isTermsFile(source.file) ? [[source.file, source]] : [];
}

function lostTerms(terms: TermsByFile, pages: readonly OnePage[]): PageProblem[] {
  const wanted = new Set(pages.map(({ path }) => termsFileOf(path)));
  return [...terms.keys()]
    .filter((file) => !wanted.has(file))
    .map((file) => ({ file, line: 1, reason: "these terms belong to no page beside them" }));
}

interface OnePage {
  readonly path: string;
  readonly page: Page | undefined;
  readonly mentions: readonly Mention[];
  readonly problems: readonly PageProblem[];
}

function readOnePage(source: SourceFile, termsByFile: TermsByFile): OnePage {
  const path = source.file;
  const terms = termsByFile.get(termsFileOf(path));
  const beside = terms === undefined ? {} : { terms };
  const result = readPage({ file: path, folder: "", text: source.text, ...beside });
  if (result.kind === "problem") {
    return { path, page: undefined, mentions: [], problems: [result.problem] };
  }
  const { page, problems } = result;
  const mentions = [
    ...readPageMentions(source),
    ...(terms === undefined ? [] : readWordMentions(terms)),
    ...readCheckMentions(path, page.checks),
  ];
  return { path, page, mentions, problems };
}

function checkMention(
  mention: Mention,
  surface: Surface,
  readExpression: ExpressionReader,
): PageProblem[] {
  const reasons =
    mention.kind === "expression"
      ? checkExpression(mention, surface, readExpression)
      : checkName(mention, surface);
  return reasons.map((reason) => ({ file: mention.file, line: mention.line, reason }));
}

/** One problem may be found by two ways: a query's name is also a name in the text. */
function inOrder(problems: readonly PageProblem[]): PageProblem[] {
  const first = new Map(
    problems.map((problem) => [`${problem.file}:${problem.line}:${problem.reason}`, problem]),
  );
  return [...first.values()].toSorted(
    (a, b) => compare(a.file, b.file) || a.line - b.line || compare(a.reason, b.reason),
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
