/**
 * The composition root: every long-lived thing is made here, in order, and closed in reverse. What
 * belongs together is composed in a file of app/.
 *
 *   Alertmanager -> http server -> respondToAlerts -> store (incident + outbox)
 *                                                        |
 *   Slack <- messenger <- delivery <- renderNotice <-----+   (runbooks, the target's health)
 *   Slack -> listeners -> answerCommand -> message
 *                      -> watchChannels -> store, as a webhook
 */

import type { Logger } from "pino";
import { composeAlerts } from "./app/compose-alerts.ts";
import { composeConversations } from "./app/compose-conversations.ts";
import { composeDelivery } from "./app/compose-delivery.ts";
import { composeDoctor } from "./app/compose-doctor.ts";
import { composeDuty, repeatedDuty } from "./app/compose-duty.ts";
import { composeHome } from "./app/compose-home.ts";
import { composeKnowledge } from "./app/compose-knowledge.ts";
import { composeServer } from "./app/compose-server.ts";
import { composeStore, type Stores } from "./app/compose-store.ts";
import { composeTargets } from "./app/compose-targets.ts";
import { type Foundation, layFoundation } from "./app/foundation.ts";
import type { Config } from "./config/config.ts";
import { createSlackApp, type SlackApp } from "./edges/slack/slack-app.ts";
import type { Past } from "./edges/target-memory.ts";
import { createTeardown } from "./edges/teardown.ts";
import { MOST_INCIDENTS } from "./features/incidents/incident-ports.ts";
import { createPermission } from "./features/shared/permission.ts";
import type { Repeated } from "./features/shared/repeat.ts";

export interface RunningApp {
  /** Where the HTTP server listens. */
  readonly url: string;
  /**
   * Takes the secrets of a configuration that was read again: webhook and /metrics tokens, Slack's,
   * what Alertmanager and Prometheus ask for.
   */
  reloadSecrets(config: Config): void;
  /** Takes another past of the targets than the one that was polled; the sandbox writes one. */
  rewritePast(past: Past): void;
  /** Finishes what is under way and closes everything; may be called twice. */
  stop(): Promise<void>;
}

/**
 * Starts the bot; `past` is what is already known of the targets. Throws, with everything closed again,
 * when a part of it cannot start.
 */
export async function startApp(config: Config, log: Logger, past?: Past): Promise<RunningApp> {
  const teardown = createTeardown(log);
  try {
    return await assemble(layFoundation(config, log, teardown), past);
  } catch (error) {
    await teardown.run();
    throw error;
  }
}

async function assemble(foundation: Foundation, past: Past | undefined): Promise<RunningApp> {
  const { config, log, teardown, secrets } = foundation;
  const duty = composeDuty(foundation);
  const stores = await composeStore(foundation, duty.schedules.onDuty);
  const access = await composeTargets(foundation, stores, past);
  const pages = await composeKnowledge(foundation, stores, access);
  const slack = createSlackApp(config.slack, log);
  teardown.add("slack", () => slack.stop());
  const permission = createPermission(config.permissions, { ...slack.people, log });

  const parts = { foundation, stores, access, pages, slack, permission };
  const delivery = composeDelivery(parts);
  const alerts = composeAlerts(foundation, stores, pages, access);
  const doctor = composeDoctor(foundation);
  const homes = composeHome({ ...parts, alerts, delivery, doctor, duty });
  slack.listen(composeConversations({ ...parts, alerts, homes, duty }));
  const { inbox, positions } = stores;
  const keeping = slack.keep({
    inbox,
    positions,
    watched: config.watch,
    openPosts: openPosts(stores),
  });
  const url = await composeServer({ ...parts, alerts, delivery, doctor, duty });

  // Webhooks are stored from here on; they are posted once Slack is there.
  await keeping.prepare();
  await slack.start();
  await alerts.followRoutes();
  startAll(foundation, {
    "Slack's events": keeping,
    delivery,
    ...alerts.repeated,
    ...repeatedDuty(parts, duty),
    "Home tabs": homes,
    doctor,
  });
  const targets = access.targets.map(({ name }) => name);
  log.info({ url, targets }, "the bot takes alerts");
  sayWhenReady(slack, () => log.info({ url }, "the bot is ready"));
  return {
    url,
    reloadSecrets(read) {
      secrets.replace(read);
      slack.replaceSecrets(read.slack);
      log.info("secrets were read again");
    },
    rewritePast: (written) => access.memory.rewrite(written),
    stop: () => teardown.run(),
  };
}

/** Posts of other apps whose alerts fire, the latest first. */
function openPosts({ incidents }: Stores): () => Promise<{ channel: string; ts: string }[]> {
  return async () => {
    const open = await incidents.openIncidents(MOST_INCIDENTS);
    return open
      .filter(({ isExternal }) => isExternal === true)
      .flatMap(({ channel, messageTs, external }) =>
        [messageTs, ...(external?.posts ?? [])].flatMap((ts) =>
          ts === undefined ? [] : [{ channel, ts }],
        ),
      );
  };
}

/** Without Slack it stores alerts, and is of no use to anybody yet. */
function sayWhenReady(slack: SlackApp, say: () => void): void {
  let isSaid = false;
  const sayOnce = (): void => {
    if (!isSaid) say();
    isSaid = true;
  };
  if (slack.problem() === undefined) sayOnce();
  else slack.onRecovery(sayOnce);
}

/** Starts each in order; they are stopped in reverse, by these names. */
function startAll({ teardown }: Foundation, named: Readonly<Record<string, Repeated>>): void {
  for (const [name, part] of Object.entries(named)) {
    part.start();
    teardown.add(name, () => part.stop());
  }
}
