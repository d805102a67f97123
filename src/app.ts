/**
 * The composition root: every long-lived thing is made here, in order, and closed in reverse.
 *
 *   Alertmanager -> http server -> respondToAlerts -> store (incident + outbox)
 *                                                        |
 *   Slack <- messenger <- delivery <- renderNotice <-----+   (runbooks, the target's health)
 *   Slack -> listeners -> answerCommand -> message
 *                      -> watchChannels -> store, as a webhook
 */

import { randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Logger } from "pino";
import { allSources } from "./alerts/source.ts";
import type { Config, StoreAddress } from "./config/config.ts";
import { knownSecrets } from "./config/known-secrets.ts";
import { createAlertmanagers } from "./edges/alertmanager/alertmanagers.ts";
import { accessOfSources, webhookSources } from "./edges/alertmanager/source-access.ts";
import { createSourceReader } from "./edges/alertmanager/source-reader.ts";
import { createChartThread } from "./edges/chart-thread/chart-thread.ts";
import { clock } from "./edges/clock.ts";
import { createHttpServer } from "./edges/http/server.ts";
import { openKnowledge } from "./edges/knowledge/knowledge-folders.ts";
import { OWN_INDEX, OWN_KNOWLEDGE } from "./edges/knowledge/own-knowledge.ts";
import { createOwnMetrics } from "./edges/own-metrics.ts";
import { createPrometheus } from "./edges/prometheus/query-range.ts";
import { redaction } from "./edges/redaction.ts";
import { readRuleFiles } from "./edges/rule-files.ts";
import { createSlackApp } from "./edges/slack/slack-app.ts";
import { createAuditLog } from "./edges/store/audit.ts";
import { openDatabase } from "./edges/store/database.ts";
import { createDigestStore } from "./edges/store/digest-store.ts";
import { createFeedbackStore } from "./edges/store/feedback-store.ts";
import { createHeartbeatStore } from "./edges/store/heartbeat-store.ts";
import { createIncidentStore } from "./edges/store/incident-store.ts";
import { createOutbox } from "./edges/store/outbox.ts";
import { createPastAlerts } from "./edges/store/past-alerts.ts";
import { createQuestionStore } from "./edges/store/question-store.ts";
import { openReplayFiles } from "./edges/store/replay-files.ts";
import { pruneStore } from "./edges/store/retention.ts";
import { createChannelPositions, createEventInbox } from "./edges/store/slack-event-store.ts";
import { createSubscriptionStore } from "./edges/store/subscription-store.ts";
import { waitingNotices } from "./edges/store/waiting-notices.ts";
import { createTargetClient } from "./edges/streamline/target-client.ts";
import { createTargetMemory, type Past } from "./edges/target-memory.ts";
import { createTeardown } from "./edges/teardown.ts";
import { createCommandTable } from "./features/commands/command-table.ts";
import { createCommands } from "./features/commands/dispatch.ts";
import { guardInteractions } from "./features/commands/guard-interactions.ts";
import { knownNames } from "./features/commands/known-names.ts";
import { createRates } from "./features/commands/rates.ts";
import { commandRows } from "./features/commands/registry.ts";
import { createDelivery } from "./features/delivery/deliver-outbox.ts";
import { explainFromDigest } from "./features/delivery/explain-incident.ts";
import { renderNotice } from "./features/delivery/notice-message.ts";
import { deliveryProblem, queueAgeOf } from "./features/delivery/queue-age.ts";
import { renderDigest } from "./features/delivery/render-digest.ts";
import { handoffButtons } from "./features/history/handoff.ts";
import { timelineButtons } from "./features/history/timeline.ts";
import { homeOf } from "./features/home/home.ts";
import { refreshHomes } from "./features/home/refresh-homes.ts";
import { setupProblems } from "./features/home/setup-problems.ts";
import { actOnIncidents } from "./features/incidents/act-on-incidents.ts";
import { createOwnIncidents } from "./features/incidents/own-incidents.ts";
import { reconcileSources } from "./features/incidents/reconcile-sources.ts";
import { reportRefusals } from "./features/incidents/report-refusals.ts";
import { respondToAlerts } from "./features/incidents/respond-to-alerts.ts";
import { watchChannels } from "./features/incidents/watch-channels.ts";
import { watchHeartbeats } from "./features/incidents/watch-heartbeats.ts";
import { watchIncidents } from "./features/incidents/watch-incidents.ts";
import { findRunbook } from "./features/search/find-runbook.ts";
import { gapButtons } from "./features/search/gaps.ts";
import { feedbackButtons } from "./features/search/give-feedback.ts";
import { createLearning } from "./features/search/learning.ts";
import { openSectionButtons } from "./features/search/open-section.ts";
import { searchRunbooks } from "./features/search/search-runbooks.ts";
import { shareSectionButton } from "./features/search/share-section.ts";
import { typeahead } from "./features/search/typeahead.ts";
import { createPermission } from "./features/shared/permission.ts";
import { repeat } from "./features/shared/repeat.ts";
import type { KnowledgeSource } from "./features/shared/sources.ts";
import { createSilences } from "./features/silences/silences.ts";
import { watchMuted } from "./features/silences/watch-muted.ts";
import { subscribeButtons } from "./features/subscriptions/subscribe.ts";
import { answerQuestions } from "./features/thread-questions/answer-question.ts";
import { suggestPrompts } from "./features/thread-questions/suggest-prompts.ts";
import { whySlow } from "./features/why-slow/why-slow.ts";

export interface RunningApp {
  /** Where the HTTP server listens. */
  readonly url: string;
  /**
   * Takes the secrets of a configuration that was read again: webhook and /metrics tokens, what
   * Alertmanager and Prometheus ask for. Slack's own tokens need a restart.
   */
  reloadSecrets(config: Config): void;
  /** Finishes what is under way and closes everything; may be called twice. */
  stop(): Promise<void>;
}

/** What was read of the pages is kept beside the store, so that the next start need not read them. */
function indexFileOf(store: StoreAddress): { indexFile?: string } {
  if (store.engine !== "sqlite" || store.path === ":memory:") return {};
  return { indexFile: join(dirname(store.path), "knowledge-index.db") };
}

/** Beside the store; a replica that keeps its state elsewhere has a folder of its own. */
function replayFolder(store: StoreAddress): string {
  return store.engine === "sqlite" && store.path !== ":memory:"
    ? join(dirname(store.path), "replays")
    : join("var", "replays");
}

/** The rules that come with the bot, so that it can tell which of them hold. */
async function ownRules(): Promise<string[]> {
  const folder = fileURLToPath(new URL("../alerts", import.meta.url));
  const names = await readdir(folder);
  return names.filter((name) => name.endsWith(".rules.yml")).map((name) => join(folder, name));
}

/**
 * Starts the bot; `past` is what is already known of the targets. Throws, with everything closed again,
 * when a part of it cannot start.
 */
export async function startApp(config: Config, log: Logger, past?: Past): Promise<RunningApp> {
  const teardown = createTeardown(log);
  try {
    return await assemble({ config, log, ...(past === undefined ? {} : { past }) }, teardown);
  } catch (error) {
    await teardown.run();
    throw error;
  }
}

/** Old rows are few by the hour. */
const PRUNE_EVERY_MS = 3_600_000;

interface Given {
  readonly config: Config;
  readonly log: Logger;
  readonly past?: Past;
}

async function assemble(
  { config, log, ...given }: Given,
  teardown: ReturnType<typeof createTeardown>,
): Promise<RunningApp> {
  const { targets, routes } = config;
  const meter = createOwnMetrics();
  const newId = (): string => randomUUID();
  /** As they were last read; everything that uses one asks for it each time. */
  let secrets: Config = config;
  redaction.learn(knownSecrets(config));

  const database = await openDatabase(config.store, { log });
  teardown.add("store", () => database.close());
  const incidents = createIncidentStore(database);
  const outbox = createOutbox(database);
  const digests = createDigestStore(database);
  const queueAge = async () => queueAgeOf(await waitingNotices(database), clock.now());
  meter.queueAge(queueAge);
  const audit = createAuditLog(database);
  const pastAlerts = createPastAlerts(database);
  await outbox.recover();
  const feedback = createFeedbackStore(database);
  const questions = createQuestionStore(database);
  const subscriptions = createSubscriptionStore(database);
  const pruning = repeat({
    everyMs: PRUNE_EVERY_MS,
    clock,
    log,
    failure: "old rows could not be removed from the store",
    work: async () => {
      const sleep = (ms: number) => clock.sleep(ms);
      await pruneStore({ database, times: config.retention, nowMs: clock.now(), log, sleep });
    },
  });
  pruning.start();
  teardown.add("pruning", () => pruning.stop());
  const learning = createLearning(feedback);

  const pages = await openKnowledge({
    // The user's folders add to our own pages.
    folders: [OWN_KNOWLEDGE, ...config.knowledge],
    sharedIndexFile: OWN_INDEX,
    log,
    ...indexFileOf(config.store),
  });
  teardown.add("knowledge", () => pages.close());
  /** Words of the targets' own are never taken for typing errors; what they are is known below. */
  const isName = (word: string): boolean => {
    return names.isTarget(word) || names.isTopic(word) || names.isGroup(word);
  };
  const knowledge: KnowledgeSource = {
    library: () => pages.current(),
    ask: async (question, options) => {
      const alert = options.labels?.["alertname"];
      const asked = { ...options, isName };
      if (alert === undefined) return pages.ask(question, asked);
      return pages.ask(question, { ...asked, learned: await learning.weights(alert) });
    },
  };

  const poll = createTargetClient({ clock, onPoll: (event) => meter.targetPoll(event) });

  const rules = await readRuleFiles([...(await ownRules()), ...config.rules], log);
  const memory = createTargetMemory({
    poll,
    targets,
    rules,
    clock,
    log,
    ...config.sampling,
    ...given,
  });
  const names = knownNames(targets, memory);
  memory.sampler.start();
  teardown.add("sampler", () => Promise.all([poll.close(), memory.sampler.stop()]));

  const diagnosis = whySlow({
    knowledge,
    memory,
    replays: openReplayFiles(replayFolder(config.store)),
    clock,
    log,
  });

  const slack = createSlackApp(config.slack, log);
  teardown.add("slack", () => slack.stop());

  const render = renderNotice({
    incidents,
    knowledge,
    poll,
    memory,
    whySlow: diagnosis,
    targets,
    clock,
    learning,
    jumpTo: slack.jumpTo,
  });
  const delivery = createDelivery({
    outbox,
    incidents,
    messenger: slack.messenger,
    clock,
    log,
    meter,
    render,
    digests,
    renderDigest: ({ incidents: listed }) =>
      renderDigest({ incidents: listed, nowMs: clock.now(), jumpTo: slack.jumpTo }),
    digestAbove: config.delivery.digestAbove,
    doubtToken: () => slack.doubtToken(),
  });
  slack.onRecovery(() => delivery.wake());
  const permission = createPermission(config.permissions, {
    groups: slack.groups,
    directory: slack.directory,
    log,
  });
  const sources = allSources(config.sources, targets);
  const alertmanagers = createAlertmanagers({ access: accessOfSources(() => secrets) });
  teardown.add("alertmanagers", () => alertmanagers.close());
  const reconciliation = reconcileSources({
    sources: sources.map((source) => ({
      source,
      reader: createSourceReader(source, { api: alertmanagers.members, clock }),
    })),
    incidents,
    clock,
    log,
    random: () => Math.random(),
    wakeDelivery: () => wakeDelivery(),
  });
  const setup = setupProblems({
    knowledge,
    ruleProblems: rules.problems,
    targets,
    slack: () => slack.problem(),
    sources: () => reconciliation.problems(),
    missingScopes: () => slack.missingScopes(),
  });
  const homes = refreshHomes({
    home: homeOf({
      incidents,
      questions,
      subscriptions,
      memory,
      permission,
      targets,
      clock,
      problems: setup,
    }),
    publish: (user, view) => slack.homeTabs.publish(user, view),
    clock,
    log,
  });
  /** What is to be said has changed an incident, which Home tabs show, too. */
  const wakeDelivery = (): void => {
    delivery.wake();
    homes.changed();
  };
  const watch = watchIncidents({ incidents, clock, log, wakeDelivery });

  const muted = watchMuted({
    alertmanagers,
    incidents,
    clock,
    log,
    wakeDelivery,
    isReconciled: ({ source, isExternal }) => isExternal !== true && reconciliation.covers(source),
  });

  const silences = createSilences({
    alertmanagers,
    permission,
    incidents,
    audit,
    pastAlerts,
    targets,
    times: config.acknowledgement,
    clock,
    log,
    wakeDelivery,
  });
  const prometheus = createPrometheus({ token: () => secrets.prometheusToken });
  teardown.add("prometheus", () => prometheus.close());
  const charts = createChartThread({ history: (target) => memory.history(target) });
  teardown.add("charts", () => charts.close());
  const { messenger, talk, files, jumpTo } = slack;
  const asked = { knowledge, questions, targets, clock, log, meter };
  const searching = searchRunbooks(asked);
  const typing = typeahead({ knowledge, targets });
  const told = { knowledge, feedback, incidents, permission, targets, clock };
  const subscribing = { subscriptions, targets, clock };
  const past = {
    incidents,
    knowledge,
    messenger,
    talk,
    files,
    jumpTo,
    verdicts: { ofAlert: (alert: string) => feedback.verdicts(alert) },
    gaps: {
      since: (sinceMs: number, limit: number) => questions.gapsSince(sinceMs, limit),
    },
    ruleNames: rules.rules.map((rule) => rule.alert),
    permission,
    clock,
  };
  const commands = createCommands({
    table: createCommandTable(
      commandRows({
        ...asked,
        ...told,
        ...subscribing,
        ...past,
        searching,
        typing,
        silences,
        memory,
        poll,
        api: poll,
        prometheus,
        charts,
        whySlow: diagnosis,
      }),
    ),
    names,
    rates: createRates(() => clock.now()),
    targets,
    permission,
    clock,
    log,
    meter,
    newId: () => newId().slice(0, 8),
  });
  const acts = actOnIncidents({
    incidents,
    permission,
    times: config.acknowledgement,
    clock,
    wakeDelivery,
    answer: commands.answer,
  });
  const find = findRunbook({ incidents, knowledge, memory, targets, meter });
  const external = watchChannels({
    incidents,
    knowledge,
    clock,
    log,
    meter,
    channels: config.watch,
    routes,
    targets,
    newId,
    wakeDelivery,
  });
  slack.listen({
    command: commands.answer,
    question: answerQuestions({
      incidents,
      knowledge,
      poll,
      memory,
      whySlow: diagnosis,
      targets,
      permission,
      clock,
      meter,
      commands,
    }),
    answersBot: async (bot) => (await permission.refusal(bot, "read")) === undefined,
    prompts: (person) => suggestPrompts({ incidents, targets, permission }, person),
    external,
    home: (user) => homes.open(user),
    interactions: guardInteractions(
      [
        commands.interactions,
        acts,
        explainFromDigest({ digests, incidents, clock, wakeDelivery }),
        find,
        silences.interactions,
        searching.interactions,
        openSectionButtons({ knowledge, incidents, targets }),
        shareSectionButton({ knowledge, messenger, targets, clock, log }),
        typing.interactions,
        feedbackButtons(told),
        gapButtons(asked),
        subscribeButtons(subscribing),
        handoffButtons(past),
        timelineButtons(past),
      ],
      permission,
    ),
  });

  const inbox = createEventInbox(database);
  await inbox.recover();
  const positions = createChannelPositions(database);
  const keeping = slack.keep({ inbox, positions, watched: config.watch });

  const own = createOwnIncidents({ incidents, clock, newId, wakeDelivery });
  const refusals = reportRefusals({ own, clock, log, meter, channel: config.operators });
  const heartbeats = watchHeartbeats({
    own,
    heartbeats: createHeartbeatStore(database),
    routes,
    sources,
    clock,
    log,
  });
  const server = await createHttpServer({
    log,
    alerts: {
      sources: () => webhookSources(secrets),
      maxBodyBytes: config.webhook.maxBodyBytes,
      now: () => clock.now(),
      respond: respondToAlerts({
        incidents,
        clock,
        log,
        meter,
        routes,
        targets,
        newId,
        wakeDelivery,
        sources,
        doubt: (source) => reconciliation.doubt(source),
        withoutHeartbeat: (notification) => heartbeats.without(notification),
      }),
      refused: (refusal) => refusals.refused(refusal),
    },
    health: {
      readiness: async () => ({
        slack: slack.problem(),
        store: await database.problem(),
        delivery: await queueAge().then(deliveryProblem, () => undefined),
        knowledge: knowledge.library().pages.length > 0 ? undefined : "no page could be read",
      }),
      warnings: () => [...reconciliation.problems(), ...refusals.warnings()],
      metrics: async () => {
        const { contentType, body } = await meter.text();
        return { contentType, body: redaction.text(body) };
      },
      metricsAuth: () => secrets.metricsAuth,
      now: () => clock.now(),
    },
    ...(slack.listener === undefined ? {} : { slack: slack.listener }),
  });
  teardown.add("http server", () => server.close());
  const url = await server.listen(config.listen);

  // Webhooks are stored from here on; they are told of once Slack is there.
  await keeping.prepare();
  await slack.start();
  keeping.start();
  teardown.add("Slack's events", () => keeping.stop());
  delivery.start();
  teardown.add("delivery", () => delivery.stop());
  watch.start();
  teardown.add("watch over incidents", () => watch.stop());
  heartbeats.start();
  teardown.add("heartbeats of the sources", () => heartbeats.stop());
  refusals.start();
  teardown.add("reports of refused webhooks", () => refusals.stop());
  reconciliation.start();
  teardown.add("reconciliation", () => reconciliation.stop());
  muted.start();
  teardown.add("watch over silenced incidents", () => muted.stop());
  homes.start();
  teardown.add("Home tabs", () => homes.stop());
  log.info({ url, targets: targets.map((target) => target.name) }, "the bot is ready");
  return {
    url,
    reloadSecrets(read) {
      secrets = read;
      redaction.learn(knownSecrets(read));
      log.info("secrets were read again");
    },
    stop: () => teardown.run(),
  };
}
