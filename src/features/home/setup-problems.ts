/** What somebody should put right for the bot to do all it can, in words. */

import { listed } from "../../block-kit/text.ts";
import { loadChecks } from "../../diagnosis/checks/load-checks.ts";
import type { Target } from "../../diagnosis/target.ts";
import { type Library, pagesLeftOut } from "../../knowledge/library.ts";
import type { KnowledgeSource } from "../shared/sources.ts";
import type { SilencePlaces } from "../silences/where.ts";

/** Some part's view of what is wrong with it now, each in a sentence with what to do. */
export type Problems = () => readonly string[];

/** Slack that cannot be reached, and permissions that the installed app lacks, as far as Slack says. */
export function slackProblems(slack: {
  problem(): string | undefined;
  missingScopes(): readonly string[];
}): Problems {
  return () => {
    const problem = slack.problem();
    const scopes = slack.missingScopes().join(", ");
    return [
      ...(problem === undefined ? [] : [`Slack: ${problem}`]),
      ...(scopes === ""
        ? []
        : [`The Slack app lacks ${scopes}: update it from the manifest and reinstall it.`]),
    ];
  };
}

/** Pages that were left out, and what is wrong in those that were read. */
export function knowledgeProblems(knowledge: Pick<KnowledgeSource, "library">): Problems {
  const known = new WeakMap<Library, readonly string[]>();
  return () => {
    const library = knowledge.library();
    const found = known.get(library) ?? pageProblems(library);
    known.set(library, found);
    return found;
  };
}

function pageProblems(library: Library): string[] {
  const problems = [...library.problems, ...loadChecks(library.pages).problems];
  return [
    ...pagesLeftOut(library),
    ...problems.map(({ file, line, reason }) => `${file}, line ${line}: ${reason}`),
  ];
}

/** A sentence for each; they are known at the start and do not change. */
export function ruleProblems(problems: readonly string[]): Problems {
  const sentences = problems.map((problem) => `An alert rule cannot be evaluated: ${problem}`);
  return () => sentences;
}

/** Targets whose alerts cannot be silenced. */
export function alertmanagerProblems(
  targets: readonly Target[],
  places: Pick<SilencePlaces, "of">,
): Problems {
  const names = targets
    .filter(({ name }) => places.of({ target: name }).kind === "none")
    .map(({ name }) => name);
  if (names.length === 0) return () => [];
  const named = listed(names, { most: 5, textOf: (name) => name });
  return () => [
    `No Alertmanager is configured for ${named}: its alerts cannot be silenced from here.`,
  ];
}
