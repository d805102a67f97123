/** The keys of a page's front matter: what the bot uses of them, and what is wrong with the others. */

import { z } from "zod";
import { nearestNames } from "../../spelling/nearest-names.ts";
import type { Fills, GuardedStep, PageAnswer, RawCheck, SearchTerms } from "../page.ts";
import { readBySchema } from "../schema-words.ts";
import { readFills } from "./page-fills.ts";
import { readSectionHints, type SectionHint } from "./section-terms.ts";
import { readTexts } from "./text-list.ts";
import { type Complaint, complaintOf, type YamlBlock } from "./yaml-block.ts";

export type FrontMatter = SearchTerms & {
  title: string | undefined;
  kind: "guide" | "runbook" | undefined;
  alerts: readonly string[];
  checks: readonly RawCheck[];
  fills: Fills;
  steps: readonly GuardedStep[];
  answer: PageAnswer;
  sections: readonly SectionHint[];
};

export interface FrontMatterKeys {
  readonly frontMatter: FrontMatter;
  /** What could not be used, each with its line. */
  readonly complaints: readonly Complaint[];
}

/** A title may look like a number or a date to YAML; what is meant is its text. */
const text = z.union([z.string(), z.number(), z.boolean(), z.date()]).transform(String);

/** A site shows a title as HTML: `What&#39;s new`. */
function withoutReferences(title: string): string {
  return title.replace(
    /&(?:#(3[2-9]|[4-9]\d|[1-9]\d{2,3})|(amp|apos|quot|lt|gt|nbsp));/g,
    (_, code, name) =>
      code === undefined ? (REFERENCES.get(name) ?? "") : String.fromCodePoint(Number(code)),
  );
}

const REFERENCES: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["apos", "'"],
  ["quot", '"'],
  ["lt", "<"],
  ["gt", ">"],
  ["nbsp", " "],
]);

/** One id of a check, or several. */
const checkIds = z.union([z.string().transform((id) => [id]), z.array(z.string()).min(1)]);

const steps = z.array(z.strictObject({ begins: z.string().min(3), unless: checkIds }));

const answer = z
  .strictObject({
    confirmed_by: checkIds.optional(),
    refuted: z.string().optional(),
    refuted_first: z.string().optional(),
    unseen: z.string().optional(),
    first: z.string().optional(),
  })
  .transform(
    ({
      confirmed_by: confirmedBy,
      refuted_first: refutedFirst,
      refuted,
      unseen,
      first,
    }): PageAnswer => ({
      ...(confirmedBy === undefined ? {} : { confirmedBy }),
      ...(refuted === undefined ? {} : { refuted }),
      ...(refutedFirst === undefined ? {} : { refutedFirst }),
      ...(unseen === undefined ? {} : { unseen }),
      ...(first === undefined ? {} : { first }),
    }),
  );

const shape = z.object({
  title: text.transform(withoutReferences).optional(),
  kind: z.enum(["guide", "runbook"]).optional(),
  checks: z.array(z.unknown()).default([]),
  steps: steps.default([]),
  answer: answer.default({}),
});

const KNOWN_KEYS: ReadonlySet<string> = new Set([
  ...Object.keys(shape.shape),
  "alerts",
  "symptoms",
  "logs",
  "fills",
  "sections",
]);

/**
 * Keys that site generators put into pages; a page written for one is not wrong for us.
 * Sources: the front matter references of Hugo, Jekyll, Docusaurus and MkDocs Material.
 */
const SITE_KEYS: ReadonlySet<string> = new Set(
  (
    "aliases author authors bookCollapseSection bookFlatSection bookHidden bookToc cascade categories date " +
    "description displayName draft expiryDate hide icon id keywords labels lastmod layout linkTitle menu " +
    "menuTitle nav_order owner owners outputs parent permalink published publishDate refs review_in service " +
    "sidebar_label sidebar_position slug status subtitle summary tags template toc type url version weight"
  ).split(" "),
);

/** A page that has none, or none that can be read. */
export const NO_FRONT_MATTER: FrontMatter = {
  title: undefined,
  kind: undefined,
  alerts: [],
  symptoms: [],
  logs: [],
  checks: [],
  fills: {},
  steps: [],
  answer: {},
  sections: [],
};

/**
 * Reads each key by itself, and each word of a list: one that cannot be used costs itself only, and is named
 * with its line.
 */
export function readFrontMatterKeys(block: YamlBlock): FrontMatterKeys {
  if (block.value !== null && !block.isMap) {
    const complaint = {
      line: block.lineOf([]),
      reason: "front matter must be a list of keys and values",
    };
    return { frontMatter: NO_FRONT_MATTER, complaints: [complaint] };
  }
  const given = withTitle(new Map(Object.entries(block.value ?? {})));
  const { usable, wrong } = usableKeys(given, block);
  const { checks, steps: guarded, title, kind, answer: said } = shape.parse(usable);
  const { complaints, ...words } = readWords(given, block);
  const habits = [...wrong, ...complaints].map((each) => ({ ...each, isHabit: true }) as const);
  return {
    complaints: [...habits, ...unknownKeys(block)],
    frontMatter: {
      title,
      kind,
      answer: said,
      ...words,
      checks: checks.map((value, n) => ({ value, line: block.lineOf(["checks", n]) })),
      steps: guarded.map((step, n) => ({ ...step, line: block.lineOf(["steps", n]) })),
    },
  };
}

/** To Hugo, `Title:` is the same key. */
function withTitle(given: ReadonlyMap<string, unknown>): ReadonlyMap<string, unknown> {
  const other = given.has("title") ? undefined : given.get("Title");
  return other === undefined ? given : new Map([...given, ["title", other]]);
}

/** The keys of the shape whose values can be used, and what is wrong with the others. */
function usableKeys(given: ReadonlyMap<string, unknown>, block: YamlBlock) {
  const wrong: Complaint[] = [];
  const usable: Record<string, unknown> = {};
  for (const [key, schema] of Object.entries(shape.shape)) {
    const value: unknown = given.get(key) ?? undefined;
    const read = readBySchema(
      z.object({ [key]: schema }),
      value === undefined ? {} : { [key]: value },
    );
    if ("data" in read) usable[key] = value;
    else wrong.push(complaintOf(read.problem, { block, what: "front matter" }));
  }
  return { usable, wrong };
}

type PageWords = Pick<FrontMatter, "alerts" | "symptoms" | "logs" | "fills" | "sections"> & {
  complaints: readonly Complaint[];
};

function readWords(given: ReadonlyMap<string, unknown>, block: YamlBlock): PageWords {
  const standing = (key: string) => ({ block, path: [key], what: "front matter" });
  const texts = (key: string) => readTexts(given.get(key), standing(key));
  const [alerts, symptoms, logs] = [texts("alerts"), texts("symptoms"), texts("logs")];
  const fills = readFills(given.get("fills"), standing("fills"));
  const sections = readSectionHints(given.get("sections"), standing("sections"));
  return {
    alerts: alerts.texts,
    symptoms: symptoms.texts,
    logs: logs.texts,
    fills: fills.fills,
    sections: sections.hints,
    complaints: [alerts, symptoms, logs, fills, sections].flatMap((each) => each.complaints),
  };
}

/** The key that was probably meant. */
function meantOf(name: string): string {
  const [near] = nearestNames(name, KNOWN_KEYS);
  return near === undefined ? "" : `: did you mean ${near}?`;
}

function unknownKeys({ keys }: YamlBlock): Complaint[] {
  return keys
    .filter(({ name }) => !KNOWN_KEYS.has(name) && !SITE_KEYS.has(name) && name !== "Title")
    .map(({ name, line }) => ({
      line,
      reason: `front matter has an unknown key ${JSON.stringify(name)}${meantOf(name)}`,
      isHabit: true,
    }));
}
