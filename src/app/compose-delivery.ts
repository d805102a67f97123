/** Notices of the outbox become messages in Slack. */

import type { SlackApp } from "../edges/slack/slack-app.ts";
import { createDelivery, type Delivery } from "../features/delivery/deliver-outbox.ts";
import { renderNotice } from "../features/delivery/notice-message.ts";
import { renderDigest } from "../features/delivery/render-digest.ts";
import { runbookNotices } from "../features/delivery/runbook-notice.ts";
import { renderOldPlace, renderRerouted } from "../features/incidents/render-rerouted.ts";
import { shownSteps } from "../features/search/shown-steps.ts";
import type { Permission } from "../features/shared/permission.ts";
import { healthOf } from "../features/targets/health-command.ts";
import type { KnowledgeAccess } from "./compose-knowledge.ts";
import type { Stores } from "./compose-store.ts";
import type { TargetAccess } from "./compose-targets.ts";
import type { Foundation } from "./foundation.ts";

interface NoticeParts {
  readonly foundation: Foundation;
  readonly stores: Stores;
  readonly access: TargetAccess;
  readonly pages: KnowledgeAccess;
  readonly slack: SlackApp;
  readonly permission: Permission;
}

/** Wakes after each change of an incident, and when Slack is there again; the caller starts it. */
export function composeDelivery({
  foundation,
  stores,
  access,
  pages,
  slack,
  permission,
}: NoticeParts): Delivery {
  const { config, log, clock, meter, changes } = foundation;
  const { incidents, outbox, digests, lateCopies } = stores;
  const { targets, poll, memory } = access;
  const { knowledge, learning, verdicts } = pages;
  const { jumpTo, refusals } = slack;
  const delivery = createDelivery({
    outbox,
    slack: {
      messenger: slack.messenger,
      jumpTo,
      doubtToken: () => slack.doubtToken(),
      delivered: (madeAt) => refusals.delivered(madeAt),
    },
    incidents,
    notices: {
      render: renderNotice({
        incidents,
        verdicts,
        targets,
        health: (target) => healthOf({ poll, memory, found: pages.found }, target),
        runbook: runbookNotices({ knowledge, memory, learning, verdicts }),
        steps: (incident) =>
          shownSteps(incident, { library: knowledge.library(), checks: pages.diagnosis.checks() }),
        clock,
        jumpTo,
      }),
      mayBeNotified: permission.mayBeNotified,
      renderRerouted: (incident) => ({
        place: renderOldPlace(incident, jumpTo),
        reply: renderRerouted(incident, jumpTo),
      }),
    },
    digests: {
      store: digests,
      render: ({ incidents: listed }) =>
        renderDigest({
          incidents: listed,
          nowMs: clock.now(),
          jumpTo,
          verdictOf: (incident) => verdicts.lines(incident),
        }),
      above: config.delivery.digestAbove,
    },
    lateCopies,
    clock,
    log,
    meter,
  });
  changes.subscribe(() => delivery.wake());
  slack.onRecovery(() => delivery.wake());
  return delivery;
}
