/** Alerts and runbooks, both ways: each alert has its page, each page its alert. */

import { OWN_ALERTS } from "../alerts/own-alerts.ts";
import { baseName } from "../knowledge/base-name.ts";
import type { Page, PageProblem } from "../knowledge/page.ts";
import { REPOSITORY_URL } from "./check-links.ts";
import type { Mention } from "./mention.ts";
import type { DeclaredAlert } from "./read-rules.ts";

export interface AlertsInput {
  readonly alerts: readonly DeclaredAlert[];
  /** The pages by their path from the root. */
  readonly pages: ReadonlyMap<string, Page>;
  readonly mentions: readonly Mention[];
}

/**
 * A problem for each rule without its page, page without its rule, and mention of an alert that nothing
 * fires.
 */
export function checkAlerts(input: AlertsInput): PageProblem[] {
  return [
    ...input.alerts.flatMap((alert) => checkRule(alert, input)),
    ...[...input.pages].flatMap(([path, page]) => checkPage(path, page, input)),
    ...checkMentions(input),
  ];
}

function checkRule(alert: DeclaredAlert, { pages }: AlertsInput): PageProblem[] {
  const { name, file, line, runbookUrl } = alert;
  const problem = (reason: string): PageProblem[] => [{ file, line, reason }];
  const runbook = [...pages].find(([path, page]) => answers(page, path, name));
  if (runbook === undefined) return problem(`alert ${name} has no runbook`);
  if (runbookUrl === undefined) return problem(`alert ${name} has no runbook_url`);
  const expected = REPOSITORY_URL + runbook[0];
  return runbookUrl.split("#", 1)[0] === expected
    ? []
    : problem(`runbook_url of ${name} must lead to ${expected}`);
}

function answers(page: Page, path: string, alert: string): boolean {
  return page.alerts.length > 0 ? page.alerts.includes(alert) : isNamed(path, alert);
}

function isNamed(path: string, alert: string): boolean {
  return path.includes("/runbooks/") && baseName(path) === alert;
}

/** A page whose checks find something by themselves needs no rule. */
function checkPage(path: string, page: Page, { alerts }: AlertsInput): PageProblem[] {
  const declared = new Set([...alerts.map(({ name }) => name), ...OWN_ALERTS]);
  const gone = page.alerts
    .filter((alert) => !declared.has(alert))
    .map((alert) => ({ file: path, line: 1, reason: `no rule declares the alert ${alert}` }));
  if (gone.length > 0 || page.kind !== "runbook" || page.alerts.length > 0) return gone;
  if (page.checks.length > 0 || declared.has(baseName(path))) return [];
  return [{ file: path, line: 1, reason: "a runbook for no alert and without checks" }];
}

function checkMentions({ alerts, mentions }: AlertsInput): PageProblem[] {
  const declared = new Set([...alerts.map(({ name }) => name), ...OWN_ALERTS]);
  return mentions.flatMap((mention) =>
    mention.kind !== "alert" || declared.has(mention.name)
      ? []
      : [
          {
            file: mention.file,
            line: mention.line,
            reason: `no rule declares the alert ${mention.name}`,
          },
        ],
  );
}
