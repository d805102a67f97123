/** The Home tab of each person. */

import type { SlackApp } from "../edges/slack/slack-app.ts";
import type { Delivery } from "../features/delivery/deliver-outbox.ts";
import { homeOf } from "../features/home/home.ts";
import { ownStates } from "../features/home/own-state.ts";
import { type Homes, refreshHomes } from "../features/home/refresh-homes.ts";
import {
  alertmanagerProblems,
  knowledgeProblems,
  type Problems,
  ruleProblems,
  slackProblems,
} from "../features/home/setup-problems.ts";
import { targetStates } from "../features/home/target-state.ts";
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
  const { refusals } = slack;
  const { log, clock, changes } = parts.foundation;
  const { incidents, questions, subscriptions } = parts.stores;
  const { targets, memory } = parts.access;
  const { knowledge, found } = parts.pages;
  const homes = refreshHomes({
    home: homeOf({
      incidents,
      own: ownStates({ questions, subscriptions }),
      permission,
      targets,
      targetState: targetStates({ memory, found }),
      problems: setupProblems(parts),
      knowledge,
      refusal: () => refusals.last(),
      clock,
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

function setupProblems(parts: HomeParts): readonly Problems[] {
  const { access, alerts, pages } = parts;
  return [
    slackProblems(parts.slack),
    () => parts.delivery.problems(),
    () => alerts.reconciliation.problems(),
    () => parts.doctor.problems(),
    () => parts.duty.problems(),
    knowledgeProblems(pages.knowledge),
    ruleProblems(access.rules.problems),
    alertmanagerProblems(access.targets, alerts.places),
  ];
}
