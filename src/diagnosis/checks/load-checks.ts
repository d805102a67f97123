/** The checks of all pages, and what is wrong with those that cannot be used. */

import type { Page, PageProblem, RawCheck } from "../../knowledge/page.ts";
import { readBySchema } from "../../knowledge/schema-words.ts";
import { kindOf } from "../../promql/check-kinds.ts";
import { selectorsOf } from "../../promql/expression.ts";
import { parsePromql } from "../../promql/parse.ts";
import { type Check, type CheckShape, checkShape } from "./check.ts";
import { templateProblem } from "./finding-text.ts";
import { unknownGuards } from "./unknown-guards.ts";

export interface LoadedChecks {
  readonly checks: readonly Check[];
  readonly problems: readonly PageProblem[];
}

type Read =
  | { readonly kind: "check"; readonly check: Check; readonly line: number }
  | { readonly kind: "problem"; readonly problem: PageProblem };

/**
 * Reads the checks of all pages. A broken one is named with its file, line and reason and left
 * out; an `explains` that leads nowhere or in a circle is named and ignored.
 */
export function loadChecks(pages: readonly Page[]): LoadedChecks {
  const reads = pages.flatMap((page) => page.checks.map((raw) => readCheck(page, raw)));
  const problems = reads.flatMap((read) => (read.kind === "problem" ? [read.problem] : []));
  const { kept, twice } = withoutRepeats(reads.flatMap((r) => (r.kind === "check" ? [r] : [])));
  const known = withoutUnknownNames(kept);
  const acyclic = withoutCircles(known.kept);
  return {
    checks: acyclic.kept.map(({ check }) => check),
    problems: [
      ...problems,
      ...twice,
      ...known.problems,
      ...acyclic.problems,
      ...unknownGuards(pages, acyclic.kept),
    ],
  };
}

function readCheck(page: Page, { value, line }: RawCheck): Read {
  const read = readBySchema(checkShape, value);
  if ("problem" in read) {
    const { path, words } = read.problem;
    const where = path.length === 0 ? "" : `${path.map(String).join(".")} `;
    return broken(page, line, `${nameOf(value)}: ${where}${words}`);
  }
  const shape = read.data;
  const reason = brokenPart(page, shape);
  if (reason !== undefined) return broken(page, line, `${shape.id}: ${reason}`);
  return { kind: "check", check: toCheck(page, shape), line };
}

function broken(page: Page, line: number, reason: string): Read {
  return { kind: "problem", problem: { file: page.file, line, reason: `check ${reason}` } };
}

function nameOf(value: unknown): string {
  const id = value !== null && typeof value === "object" && "id" in value ? value.id : undefined;
  return typeof id === "string" ? id : "without an id";
}

/** The first expression, template or section that cannot be used. */
function brokenPart(page: Page, shape: CheckShape): string | undefined {
  for (const [key, text, isSelector] of expressionsOf(shape)) {
    const problem = expressionProblem(text, isSelector);
    if (problem !== undefined) return `${key}: ${problem}`;
  }
  const template = templateProblem(shape.finding, Object.keys(shape.values));
  if (template !== undefined) return `finding: ${template}`;
  for (const { do: step } of shape.first) {
    const problem = templateProblem(step, Object.keys(shape.values));
    if (problem !== undefined) return `first: ${problem}`;
  }
  if (shape.below && shape.threshold === undefined) return "below: there is no threshold";
  const anchor = anchorOf(shape);
  if (anchor !== undefined && !page.sections.some((section) => section.anchor === anchor)) {
    return `section: the page has no heading "#${anchor}"`;
  }
  return undefined;
}

/** Every PromQL text of a check, with its key and whether it must be a plain selector. */
function expressionsOf(shape: CheckShape): [key: string, text: string, isSelector: boolean][] {
  return [
    ["expr", shape.expr, false],
    ...shape.needs.flatMap(({ series, missingOkIf }, n): [string, string, boolean][] => [
      [`needs.${n}.series`, series, true],
      ...expressionOf(`needs.${n}.missing_ok_if`, missingOkIf),
    ]),
    ...Object.entries(shape.values).map(([name, text]): [string, string, boolean] => [
      `values.${name}`,
      text,
      false,
    ]),
    ...expressionOf("began", shape.began),
    ...expressionOf("proof", shape.proof),
    ...expressionOf("chart", shape.chart),
  ];
}

function expressionOf(key: string, text: string | undefined): [string, string, boolean][] {
  return text === undefined ? [] : [[key, text, false]];
}

function expressionProblem(text: string, isSelector: boolean): string | undefined {
  try {
    const expr = parsePromql(text);
    if (isSelector && (expr.kind !== "selector" || expr.offsetMs !== 0))
      return 'must be a selector like name{label="x"}';
    if (kindOf(expr) !== "vector") return "must give a vector: a number per series";
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Behind a selector: which moments of the series are read is no part of its name. */
const OFFSET = /\s{1,9}offset\s{1,9}-?\w{1,40}\s{0,9}$/;

function toCheck(page: Page, shape: CheckShape): Check {
  const { id, title, expr, needs, finding, values, severity, threshold, below, unit, chart } =
    shape;
  const selectors = selectorsOf(parsePromql(expr)).map(({ range }) =>
    expr.slice(range.from, range.to).replace(OFFSET, ""),
  );
  return {
    id,
    title: title ?? id.replaceAll("-", " "),
    expr,
    needs,
    atOnce: shape.at_once,
    isEvent: shape.event,
    ...(shape.began === undefined ? {} : { began: shape.began }),
    finding,
    values,
    severity,
    shown: shape.shown ?? severity,
    ...(threshold === undefined ? {} : { threshold }),
    below,
    unit,
    ...(shape.proof === undefined ? {} : { proof: shape.proof }),
    ...(chart === undefined ? {} : { chart }),
    chartUnit: shape.chart_unit ?? unit,
    explains: [...new Set([...shape.explains, ...shape.replaces])],
    replaces: shape.replaces,
    selectors: [...new Set(selectors)],
    first: shape.first,
    file: page.file,
    section: `${page.file}#${anchorOf(shape) ?? page.sections[0]?.anchor ?? ""}`,
  };
}

function anchorOf({ section }: CheckShape): string | undefined {
  return section?.replace(/^#/, "");
}

interface Placed {
  readonly check: Check;
  readonly line: number;
}

function withoutRepeats(placed: readonly Placed[]): { kept: Placed[]; twice: PageProblem[] } {
  const first = new Map<string, Placed>();
  const twice: PageProblem[] = [];
  for (const each of placed) {
    const other = first.get(each.check.id);
    if (other === undefined) first.set(each.check.id, each);
    else twice.push(problemOf(each, `there is one in ${other.check.file} already, which is kept`));
  }
  return { kept: [...first.values()], twice };
}

interface Kept {
  readonly kept: Placed[];
  readonly problems: PageProblem[];
}

function withoutUnknownNames(placed: readonly Placed[]): Kept {
  const ids = new Set(placed.map(({ check }) => check.id));
  return dropEdges(placed, (_check, id) =>
    ids.has(id) ? undefined : `explains ${id}, and there is no such check`,
  );
}

/** Two checks that explain each other, over whatever steps, would each have to come first. */
function withoutCircles(placed: readonly Placed[]): Kept {
  const byId = new Map(placed.map(({ check }) => [check.id, check]));
  return dropEdges(placed, (check, id) =>
    reaches(byId, id, check.id) ? `explains ${id}, which leads back to it` : undefined,
  );
}

function dropEdges(
  placed: readonly Placed[],
  whyNot: (check: Check, explained: string) => string | undefined,
): Kept {
  const problems: PageProblem[] = [];
  const kept = placed.map((each) => {
    const explains = each.check.explains.filter((id) => {
      const reason = whyNot(each.check, id);
      if (reason !== undefined) problems.push(problemOf(each, reason));
      return reason === undefined;
    });
    return { ...each, check: { ...each.check, explains } };
  });
  return { kept, problems };
}

function reaches(checks: ReadonlyMap<string, Check>, from: string, to: string): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === to) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...(checks.get(id)?.explains ?? []));
  }
  return false;
}

function problemOf({ check, line }: Placed, reason: string): PageProblem {
  return { file: check.file, line, reason: `check ${check.id}: ${reason}` };
}
