/** What somebody should put right for the bot to do all it can, in words. */

import { listed } from "../../block-kit/text.ts";
import { loadChecks } from "../../diagnosis/checks/load-checks.ts";
import type { Target } from "../../diagnosis/target.ts";
import { type Library, pagesLeftOut } from "../../knowledge/library.ts";
import type { KnowledgeSource } from "../shared/sources.ts";
import type { SilencePlaces } from "../silences/where.ts";

export interface SetupPorts {
  readonly knowledge: Pick<KnowledgeSource, "library">;
  readonly ruleProblems: readonly string[];
  readonly targets: readonly Target[];
  /** Why Slack cannot be reached, if it cannot. */
  readonly slack: () => string | undefined;
  /** Members of sources that do not answer. */
  readonly sources: () => readonly string[];
  /** Channels that take no messages. */
  readonly channels: () => readonly string[];
  readonly places: Pick<SilencePlaces, "of">;
  /** Permissions that the installed Slack app lacks, as far as Slack says. */
  readonly missingScopes: () => readonly string[];
  /** What the doctor found wrong. */
  readonly doctor: () => readonly string[];
  /** What is wrong with the calendars of the schedules. */
  readonly schedules: () => readonly string[];
}

export function setupProblems(ports: SetupPorts): () => readonly string[] {
  const known = new WeakMap<Library, readonly string[]>();
  const ofLibrary = (library: Library): readonly string[] => {
    const found = known.get(library) ?? pageProblems(library);
    known.set(library, found);
    return found;
  };
  return () => {
    const slack = ports.slack();
    const scopes = ports.missingScopes();
    return [
      ...(slack === undefined ? [] : [`Slack: ${slack}`]),
      ...(scopes.length === 0
        ? []
        : [
            `The Slack app lacks ${scopes.join(", ")}: update it from the manifest and reinstall it.`,
          ]),
      ...ports.channels(),
      ...ports.sources(),
      ...ports.doctor(),
      ...ports.schedules(),
      ...ofLibrary(ports.knowledge.library()),
      ...ports.ruleProblems.map((problem) => `An alert rule cannot be evaluated: ${problem}`),
      ...withoutAlertmanager(ports),
    ];
  };
}

function pageProblems(library: Library): string[] {
  const problems = [...library.problems, ...loadChecks(library.pages).problems];
  return [
    ...pagesLeftOut(library),
    ...problems.map(({ file, line, reason }) => `${file}, line ${line}: ${reason}`),
  ];
}

function withoutAlertmanager({ targets, places }: SetupPorts): string[] {
  const names = targets
    .filter(({ name }) => places.of({ target: name }).kind === "none")
    .map(({ name }) => name);
  if (names.length === 0) return [];
  const named = listed(names, { most: 5, textOf: (name) => name });
  return [`No Alertmanager is configured for ${named}: its alerts cannot be silenced from here.`];
}
