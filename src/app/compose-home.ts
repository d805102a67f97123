/** The Home tab of each person. */

import type { SlackApp } from "../edges/slack/slack-app.ts";
import type { Delivery } from "../features/delivery/deliver-outbox.ts";
import { homeOf } from "../features/home/home.ts";
import { type Homes, refreshHomes } from "../features/home/refresh-homes.ts";
import { setupProblems } from "../features/home/setup-problems.ts";
import type { Permission } from "../features/shared/permission.ts";
import type { AlertIntake } from "./compose-alerts.ts";
import type { RunningDoctor } from "./compose-doctor.ts";
import type { Duty } from "./compose-duty.ts";
import type { KnowledgeAccess } from "./compose-knowledge.ts";
import type { Stores } from "./compose-store.ts";
import type { TargetAccess } from "./compose-targets.ts";
import type { Foundation } from "./foundation.ts";

interface HomeParts {
  readonly foundation: Foundation;
  readonly stores: Stores;
  readonly access: TargetAccess;
  readonly pages: KnowledgeAccess;
  readonly alerts: AlertIntake;
  readonly delivery: Delivery;
  readonly slack: SlackApp;
  readonly permission: Permission;
  readonly doctor: Pick<RunningDoctor, "problems">;
  readonly duty: Pick<Duty, "problems">;
}

/** Drawn afresh after each change of an incident; the caller starts it. */
export function composeHome(parts: HomeParts): Homes {
  const { slack, permission } = parts;
  const { log, clock, changes } = parts.foundation;
  const { incidents, questions, subscriptions } = parts.stores;
  const { targets, rules, memory } = parts.access;
  const { knowledge } = parts.pages;
  const { reconciliation, places } = parts.alerts;
  const problems = setupProblems({
    knowledge,
    ruleProblems: rules.problems,
    targets,
    slack: () => slack.problem(),
    sources: () => reconciliation.problems(),
    channels: () => parts.delivery.problems(),
    places,
    missingScopes: () => slack.missingScopes(),
    doctor: () => parts.doctor.problems(),
    schedules: () => parts.duty.problems(),
  });
  const homes = refreshHomes({
    home: homeOf({
      incidents,
      questions,
      subscriptions,
      memory,
      found: parts.pages.found,
      permission,
      targets,
      clock,
      problems,
      knowledge,
      refusal: () => slack.refusals.last(),
    }),
    publish: (user, view) => slack.homeTabs.publish(user, view),
    clock,
    log,
  });
  changes.subscribe(() => homes.changed());
  slack.onLoss(() => homes.changed());
  slack.onRecovery(() => homes.changed());
  return homes;
}
