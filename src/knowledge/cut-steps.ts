/**
 * The steps of a section. A step begins with a paragraph in bold type ("**1. Which half answers?**"),
 * or is an item of a numbered list; what follows belongs to it until the next one begins.
 */

import type { ListItem, Nodes, RootContent } from "mdast";
import { toString as toText } from "mdast-util-to-string";
import { parseMarkdown } from "./markdown/markdown.ts";
import type { GuardedStep } from "./page.ts";

type Step = {
  /** Its first sentence as plain text, without its number. */
  lead: string;
  markdown: string;
};

export type SectionSteps = {
  /** What stands before the first step; the whole section when it has none. */
  intro: string;
  steps: readonly Step[];
};

/** Cuts a section's Markdown into its steps. */
export function cutSteps(markdown: string): SectionSteps {
  const starts = parseMarkdown(markdown).children.flatMap(startsIn);
  const cuts = starts.map(({ offset, lead }, index) => ({
    lead,
    markdown: markdown.slice(offset, starts[index + 1]?.offset).trimEnd(),
  }));
  return { intro: markdown.slice(0, starts[0]?.offset).trimEnd(), steps: cuts };
}

type Start = { offset: number; lead: string };

function startsIn(node: RootContent): Start[] {
  if (node.type === "paragraph") return node.children[0]?.type === "strong" ? startOf(node) : [];
  if (node.type !== "list" || node.ordered !== true) return [];
  return node.children.flatMap((item) => startOf(item));
}

function startOf(node: Extract<RootContent, { type: "paragraph" }> | ListItem): Start[] {
  const offset = node.position?.start.offset;
  const first: Nodes | undefined = node.type === "paragraph" ? node : node.children[0];
  if (offset === undefined || first === undefined) return [];
  return [{ offset, lead: withoutNumber(toText(first)) }];
}

function withoutNumber(text: string): string {
  return text.replace(/^\s*\d+[.)]\s*/, "").trim();
}

export type SafeSteps = {
  /** The section without the steps that are kept back. */
  markdown: string;
  keptBack: readonly { lead: string; because: string }[];
};

/** The section without the steps that the active checks make unsafe. */
export function withoutUnsafe(
  markdown: string,
  guards: readonly GuardedStep[],
  active: ReadonlySet<string>,
): SafeSteps {
  const holding = guards.flatMap(({ begins, unless }) => {
    const because = unless.find((id) => active.has(id));
    return because === undefined ? [] : [{ begins: withoutNumber(begins), because }];
  });
  if (holding.length === 0) return { markdown, keptBack: [] };
  const { intro, steps } = cutSteps(markdown);
  const kept: string[] = [];
  const keptBack: { lead: string; because: string }[] = [];
  for (const step of steps) {
    const guard = holding.find(({ begins }) => step.lead.startsWith(begins));
    if (guard === undefined) kept.push(step.markdown);
    else keptBack.push({ lead: step.lead, because: guard.because });
  }
  if (keptBack.length === 0) return { markdown, keptBack };
  return { markdown: [intro, ...kept].filter((part) => part !== "").join("\n\n"), keptBack };
}

/** The guards that no step of these sections begins with. */
export function lostGuards(
  sections: readonly { markdown: string }[],
  guards: readonly GuardedStep[],
): readonly GuardedStep[] {
  if (guards.length === 0) return [];
  const leads = sections.flatMap(({ markdown }) =>
    cutSteps(markdown).steps.map(({ lead }) => lead),
  );
  return guards.filter(
    ({ begins }) => !leads.some((lead) => lead.startsWith(withoutNumber(begins))),
  );
}
