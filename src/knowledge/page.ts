/**
 * What a Markdown file in a knowledge folder becomes: a page with its sections.
 * A guide is read by subject, a runbook is the page of an alert.
 */

/** Words that lead to a page or a section although its text does not say them. */
export type SearchTerms = {
  /** The words people type. */
  symptoms: readonly string[];
  /** Exact strings people paste from a log; a `<placeholder>` in one stands for any value. */
  logs: readonly string[];
};

/**
 * Which placeholders of a page's commands the labels of an alert may fill, each by the first of these
 * labels that the alert carries. What is not named stays a placeholder, whatever labels there are.
 */
export type Fills = Readonly<Record<string, readonly string[]>>;

/**
 * A step of a page that some situations make unsafe: a restart on a full disk. It is kept back while one
 * of these checks is active.
 */
export type GuardedStep = {
  /** The words the step begins with, without its number. */
  begins: string;
  /** Ids of checks. */
  unless: readonly string[];
  /** Where it stands in the file. */
  line: number;
};

/** What a page concludes of its own alert where the bot can check itself. */
export type PageAnswer = {
  /** The checks that confirm the alert; the page's own ones when left out. */
  confirmedBy?: readonly string[];
  /** What follows when the bot checked and does not find it. */
  refuted?: string;
  /** What to do first then. */
  refutedFirst?: string;
  /** Why the bot cannot check. */
  unseen?: string;
  /** What to do first when nothing more is known than that the alert fires. */
  first?: string;
};

/** One heading's text up to the next heading: the unit that is indexed and shown. */
export type Section = SearchTerms & {
  /** `<file>#<anchor>`; the text before the first heading has an empty anchor. */
  id: string;
  file: string;
  /** GitHub's anchor of the heading, without the `#`. */
  anchor: string;
  title: string;
  /** The headings that lead here, from the page's title to this section's own. */
  headings: readonly string[];
  /** The heading's level, 1 to 6; 0 for the text before the first heading. */
  level: number;
  /** The line of the heading in the file, counted from 1. */
  line: number;
  /** The Markdown under the heading, without the heading itself, code blocks whole. */
  markdown: string;
  /** The same as plain text, code included, for the index. */
  text: string;
  /** What its page says under `fills`. */
  fills?: Fills;
  /** The steps of its page that are kept back in some situations. */
  steps?: readonly GuardedStep[];
};

/** A check as the front matter has it: nobody has checked its shape yet. */
export type RawCheck = { value: unknown; line: number };

export type Page = SearchTerms & {
  /** The path inside the knowledge folder, with `/` between its parts. */
  file: string;
  /** The knowledge folder that the file was found in. */
  folder: string;
  kind: "guide" | "runbook";
  title: string;
  /** The rules this page says it answers, from its front matter. */
  alerts: readonly string[];
  checks: readonly RawCheck[];
  fills?: Fills;
  steps?: readonly GuardedStep[];
  answer?: PageAnswer;
  /** What the front matter says about sections, by anchor. */
  sectionHints: ReadonlyMap<string, SearchTerms>;
  sections: readonly Section[];
};

/** Something about a page that its author should put right. */
export type PageProblem = {
  file: string;
  line: number;
  reason: string;
  /** Where one page has it, all of its folder may: it is said once. */
  isHabit?: true;
};

/** A file, read: a page (with what is wrong in it), or the problem that keeps it out. */
export type PageResult =
  | { kind: "page"; page: Page; problems: readonly PageProblem[] }
  | { kind: "problem"; problem: PageProblem };
