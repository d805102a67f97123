/** What people ask and do in Slack: commands, questions, clicks, the Home tab. */

import type { SlackApp } from "../edges/slack/slack-app.ts";
import { createCommandTable } from "../features/commands/command-table.ts";
import { createCommands } from "../features/commands/dispatch.ts";
import { guardInteractions } from "../features/commands/guard-interactions.ts";
import { createRates } from "../features/commands/rates.ts";
import { commandRows } from "../features/commands/registry.ts";
import { explainFromDigest } from "../features/delivery/explain-incident.ts";
import { handoffButtons } from "../features/history/handoff.ts";
import { timelineButtons } from "../features/history/timeline.ts";
import type { Homes } from "../features/home/refresh-homes.ts";
import { actOnIncidents } from "../features/incidents/act-on-incidents.ts";
import { rememberAsked } from "../features/incidents/asked-commands.ts";
import { previewLinks } from "../features/link-previews/preview-links.ts";
import { findRunbook } from "../features/search/find-runbook.ts";
import { gapButtons } from "../features/search/gaps.ts";
import { feedbackButtons } from "../features/search/give-feedback.ts";
import { openSectionButtons } from "../features/search/open-section.ts";
import { searchRunbooks } from "../features/search/search-runbooks.ts";
import { shareSectionButton } from "../features/search/share-section.ts";
import { typeahead } from "../features/search/typeahead.ts";
import type { SlackFlows } from "../features/shared/interactions.ts";
import { createPermission, type Permission } from "../features/shared/permission.ts";
import { createSilences } from "../features/silences/silences.ts";
import { subscribeButtons } from "../features/subscriptions/subscribe.ts";
import { answerAboutAlerts } from "../features/thread-questions/answer-about-alert.ts";
import { answerQuestions } from "../features/thread-questions/answer-question.ts";
import { searchInThreads } from "../features/thread-questions/search-in-thread.ts";
import { suggestPrompts } from "../features/thread-questions/suggest-prompts.ts";
import type { AlertIntake } from "./compose-alerts.ts";
import type { Duty } from "./compose-duty.ts";
import type { KnowledgeAccess } from "./compose-knowledge.ts";
import type { Stores } from "./compose-store.ts";
import type { TargetAccess } from "./compose-targets.ts";
import type { Foundation } from "./foundation.ts";

interface ConversationParts {
  readonly foundation: Foundation;
  readonly stores: Stores;
  readonly access: TargetAccess;
  readonly pages: KnowledgeAccess;
  readonly alerts: AlertIntake;
  readonly slack: SlackApp;
  readonly permission: Permission;
  readonly homes: Homes;
  readonly duty: Duty;
}

/** Everything that Slack's listeners call. */
export function composeConversations(parts: ConversationParts): SlackFlows {
  const { foundation, alerts, slack, permission, homes } = parts;
  const { config, log } = foundation;
  const ports = sharedPorts(parts);
  const commands = composeCommands(parts, ports);
  return {
    command: commands.answer,
    question: answerQuestions({
      ...ports,
      commands,
      search: searchInThreads(ports),
      aboutAlert: answerAboutAlerts({ ...ports, runbooks: ports, state: ports }),
    }),
    answersBot: async (bot) => (await permission.refusal(bot, "read")) === undefined,
    prompts: (person) => suggestPrompts(ports, person),
    external: alerts.external,
    home: (user) => homes.open(user),
    ...previewLinks(
      ports,
      createRates(() => ports.clock.now()),
    ),
    interactions: guardInteractions(
      [
        commands.interactions,
        actOnIncidents({ ...ports, answer: commands.answer }),
        explainFromDigest(ports),
        findRunbook(ports),
        ports.silences.interactions,
        ports.searching.interactions,
        openSectionButtons(ports),
        shareSectionButton(ports),
        ports.typing.interactions,
        feedbackButtons(ports),
        gapButtons(ports),
        subscribeButtons(ports),
        handoffButtons(ports),
        timelineButtons(ports),
      ],
      permission,
      createPermission(config.permissions, { ...slack.rememberedPeople, log }),
    ),
  };
}

type ConversationPorts = ReturnType<typeof sharedPorts>;

/** What commands, questions and buttons use together; each takes its own part of it. */
function sharedPorts({
  foundation,
  stores,
  access,
  pages,
  alerts,
  slack,
  permission,
  duty,
}: ConversationParts) {
  const { config, log, clock, meter, changes } = foundation;
  const { incidents, digests, audit, pastAlerts, feedback, questions, subscriptions } = stores;
  const { targets, poll, memory, prometheus, charts } = access;
  const { knowledge } = pages;
  const times = config.acknowledgement;
  const wakeDelivery = changes.announce;
  const silences = createSilences({
    alertmanagers: alerts.alertmanagers,
    permission,
    incidents,
    audit,
    pastAlerts,
    places: alerts.places,
    times,
    clock,
    log,
    wakeDelivery,
  });
  return {
    incidents,
    digests,
    feedback,
    questions,
    subscriptions,
    knowledge,
    whySlow: pages.diagnosis,
    targets,
    memory,
    poll,
    api: poll,
    prometheus,
    charts,
    messenger: slack.messenger,
    talk: slack.talk,
    files: slack.files,
    jumpTo: slack.jumpTo,
    silences,
    asked: rememberAsked({ audit, clock, log }),
    searching: searchRunbooks({ knowledge, questions, targets, clock, log, meter }),
    typing: typeahead({ knowledge, targets }),
    checks: () => pages.diagnosis.checks(),
    found: pages.found,
    verdicts: {
      ofAlert: (alert: string) => feedback.verdicts(alert),
      fixes: (alert: string, limit: number) => feedback.fixes(alert, limit),
    },
    gaps: { since: (sinceMs: number, limit: number) => questions.gapsSince(sinceMs, limit) },
    ruleNames: access.rules.rules.map((rule) => rule.alert),
    permission,
    schedules: duty.schedules,
    times,
    clock,
    log,
    meter,
    wakeDelivery,
  };
}

function composeCommands({ foundation, access }: ConversationParts, ports: ConversationPorts) {
  const { clock, log, meter, newId } = foundation;
  return createCommands({
    table: createCommandTable(commandRows(ports)),
    names: access.names,
    rates: createRates(() => clock.now()),
    targets: access.targets,
    permission: ports.permission,
    clock,
    log,
    meter,
    newId: () => newId().slice(0, 8),
  });
}
