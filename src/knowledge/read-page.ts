/** A Markdown file of a knowledge folder -> a page with its sections, or what is wrong with it. */

import { baseName, isFolderPage } from "./base-name.ts";
import { lostGuards } from "./cut-steps.ts";
import { readFrontMatter } from "./front-matter/front-matter.ts";
import type { FrontMatter } from "./front-matter/front-matter-keys.ts";
import { readSectionTerms, type SectionHint } from "./front-matter/section-terms.ts";
import type {
  Fills,
  GuardedStep,
  Page,
  PageProblem,
  PageResult,
  SearchTerms,
  Section,
} from "./page.ts";
import { limitPage, limitProblems } from "./page-limits.ts";
import { pageTitle } from "./page-title.ts";
import { cutSections } from "./sections/cut-sections.ts";
import type { RawSection } from "./sections/section-pieces.ts";

export type PageSource = {
  /** The path inside the folder, with `/` between its parts. */
  file: string;
  folder: string;
  text: string;
  /** The file of terms beside the page, where there is one. */
  terms?: { file: string; text: string };
};

/**
 * Reads one page. Never throws for what a page says: a page that cannot be read comes
 * back as a problem with its line, so that the others still load.
 */
export function readPage({ file, folder, text, terms }: PageSource): PageResult {
  const front = readFrontMatter(text);
  const cut = cutSections(front.content);
  const { frontMatter, linesBefore } = front;
  const title = pageTitle(frontMatter.title, cut.sections, file);
  const beside = readTerms(terms);
  const hints = joinHints([...frontMatter.sections, ...beside.hints]);
  const { steps } = frontMatter;
  const fills = { ...beside.fills, ...frontMatter.fills };
  const sections = cut.sections.map((raw) =>
    toSection(raw, { file, title, linesBefore, hints, fills, steps }),
  );
  const whole: Page = {
    file,
    folder,
    kind: frontMatter.kind ?? (isRunbook(file, frontMatter) ? "runbook" : "guide"),
    title,
    alerts: frontMatter.alerts,
    symptoms: frontMatter.symptoms,
    logs: frontMatter.logs,
    checks: frontMatter.checks,
    fills,
    ...(steps.length === 0 ? {} : { steps }),
    ...(Object.keys(frontMatter.answer).length === 0 ? {} : { answer: frontMatter.answer }),
    sectionHints: hints,
    sections,
  };
  const { page, problems: tooMuch } = limitPage(whole);
  const complaints = front.complaints.map((complaint): PageProblem => ({ file, ...complaint }));
  const problems = [
    ...tooMuch,
    ...cut.problems.map(({ line, reason }) => ({ file, line: line + linesBefore, reason })),
    ...complaints,
    ...oddTags(
      file,
      cut.oddLines.map((line) => line + linesBefore),
    ),
    ...lostHints(page, frontMatter.sections, { file, what: "front matter names" }),
    ...beside.problems,
    ...lostHints(page, beside.hints, { file: terms?.file ?? file, what: "the terms name" }),
    ...lostSteps(page),
  ];
  return { kind: "page", page, problems: limitProblems(problems) };
}

/** Said of MDX alone, whose pages a mistake costs elsewhere; any other page may write a bracket. */
function oddTags(file: string, [first, ...more]: readonly number[]): PageProblem[] {
  if (first === undefined || !/\.mdx$/i.test(file)) return [];
  const others = more.length === 0 ? "" : ` (and ${more.length} more)`;
  const reason = `this tag is not JSX: the page is read, with what can be told of the tag${others}`;
  return [{ file, line: first, reason }];
}

type Terms = { hints: readonly SectionHint[]; fills: Fills; problems: readonly PageProblem[] };

/** Terms that cannot be read cost their words and not the page. */
function readTerms(terms: PageSource["terms"]): Terms {
  if (terms === undefined) return { hints: [], fills: {}, problems: [] };
  const { hints, fills, complaints } = readSectionTerms(terms.text);
  const problems = complaints.map((complaint) => ({ file: terms.file, ...complaint }));
  return { hints, fills, problems };
}

/** A section that is named in both places has the words of both. */
function joinHints(hints: readonly SectionHint[]): Map<string, SearchTerms> {
  const joined = new Map<string, SearchTerms>();
  for (const { anchor, words } of hints) {
    const { symptoms, logs } = joined.get(anchor) ?? NO_WORDS;
    joined.set(anchor, {
      symptoms: [...symptoms, ...words.symptoms],
      logs: [...logs, ...words.logs],
    });
  }
  return joined;
}

type Surroundings = {
  file: string;
  title: string;
  linesBefore: number;
  hints: ReadonlyMap<string, SearchTerms>;
  fills: Fills;
  steps: readonly GuardedStep[];
};

const NO_WORDS: SearchTerms = { symptoms: [], logs: [] };

function toSection(
  raw: RawSection,
  { file, title, linesBefore, hints, fills, steps }: Surroundings,
): Section {
  const { symptoms, logs } = hints.get(raw.anchor) ?? NO_WORDS;
  const own = raw.level === 0 ? title : raw.title;
  // A page whose first heading repeats its title would otherwise say it twice in every path.
  const path = raw.level === 0 ? [] : raw.path;
  const headings = path[0] === title ? path : [title, ...path];
  return {
    id: `${file}#${raw.anchor}`,
    file,
    anchor: raw.anchor,
    title: own,
    headings,
    level: raw.level,
    line: raw.line + linesBefore,
    markdown: raw.markdown,
    text: raw.text,
    symptoms,
    logs,
    ...(Object.keys(fills).length === 0 ? {} : { fills }),
    ...(steps.length === 0 ? {} : { steps }),
  };
}

/** A page is an alert's when it says so, lies among runbooks, or is named like an alert. */
function isRunbook(file: string, { alerts }: FrontMatter): boolean {
  if (alerts.length > 0) return true;
  const name = baseName(file);
  if (name.startsWith("_") || isFolderPage(name)) return false;
  return file.split("/").includes("runbooks") || /^[A-Za-z]+[a-z]+[A-Z][A-Za-z0-9]*$/.test(name);
}

function lostHints(
  { sections }: Page,
  hints: readonly SectionHint[],
  { file, what }: { file: string; what: string },
): PageProblem[] {
  const anchors = new Set(sections.map(({ anchor }) => anchor));
  return hints
    .filter(({ anchor }) => !anchors.has(anchor))
    .map(({ anchor, line }) => ({
      file,
      line,
      reason: `${what} a section "#${anchor}" that the page does not have`,
    }));
}

/** A guarded step that the page does not have would guard nothing, and nobody would see. */
function lostSteps({ file, sections, steps = [] }: Page): PageProblem[] {
  return lostGuards(sections, steps).map(({ begins, line }) => ({
    file,
    line,
    reason: `steps: no step of the page begins with ${JSON.stringify(begins)}`,
  }));
}
