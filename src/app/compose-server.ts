/** The bot's HTTP server, with what it takes and what it says about the bot. */

import { webhookSources } from "../edges/alertmanager/source-access.ts";
import type { HealthRoutes } from "../edges/http/health-routes.ts";
import { closeHttpServer, createHttpServer } from "../edges/http/server.ts";
import { seldom } from "../edges/http/stranger-log.ts";
import type { McpRoute } from "../edges/mcp/mcp-route.ts";
import type { SlackApp } from "../edges/slack/slack-app.ts";
import { createVerifySignature } from "../edges/slack/verify-signature.ts";
import { storeIdentity } from "../edges/store/store-identity.ts";
import type { Delivery } from "../features/delivery/deliver-outbox.ts";
import { deliveryProblem, type QueueAge } from "../features/delivery/queue-age.ts";
import type { Permission } from "../features/shared/permission.ts";
import { pagesLeftOut, pagesRead } from "../knowledge/library.ts";
import type { AlertIntake } from "./compose-alerts.ts";
import type { RunningDoctor } from "./compose-doctor.ts";
import type { Duty } from "./compose-duty.ts";
import { composeExporter } from "./compose-exporter.ts";
import type { KnowledgeAccess } from "./compose-knowledge.ts";
import { composeMcp } from "./compose-mcp.ts";
import type { Stores } from "./compose-store.ts";
import type { TargetAccess } from "./compose-targets.ts";
import type { Foundation } from "./foundation.ts";

interface ServerParts {
  readonly foundation: Foundation;
  readonly stores: Stores;
  readonly pages: KnowledgeAccess;
  readonly alerts: AlertIntake;
  readonly delivery: Delivery;
  readonly doctor: RunningDoctor;
  readonly slack: SlackApp;
  readonly access: TargetAccess;
  readonly permission: Permission;
  readonly duty: Duty;
}

/** Listens, and gives its address: webhooks are stored from then on. */
export async function composeServer(parts: ServerParts): Promise<string> {
  const { foundation, alerts, slack } = parts;
  const { config, log, clock, secrets, teardown } = foundation;
  const server = await createHttpServer({
    log,
    alerts: {
      sources: () => webhookSources(secrets.current()),
      maxBodyBytes: config.webhook.maxBodyBytes,
      now: () => clock.now(),
      respond: alerts.respond,
      refused: (refusal) => alerts.refusals.refused(refusal),
    },
    health: healthOfBot(parts),
    targets: composeExporter(foundation, parts.access),
    ...mcpOf(parts),
    ...(slack.listener === undefined ? {} : { slack: slack.listener }),
  });
  teardown.add("http server", () => closeHttpServer(server));
  return server.listen(config.listen);
}

/** Agents are answered only where somebody has set a token for them, or lets Slackbot ask. */
function mcpOf(parts: ServerParts): { readonly mcp?: McpRoute } {
  const { foundation } = parts;
  const { mcpAuth, slack } = foundation.config;
  const isForSlackbot = slack.mode === "http" && slack.answersSlackbot === true;
  if (mcpAuth.length === 0 && !isForSlackbot) return {};
  const { programs, slackbot } = composeMcp(parts);
  const now = () => foundation.clock.now();
  const stranger = seldom(now, (fields, message) => foundation.log.warn(fields, message));
  const signingSecret = (): string => {
    const read = foundation.secrets.current().slack;
    if (read.mode === "http") return read.signingSecret;
    // Another way to connect needs a restart.
    return slack.mode === "http" ? slack.signingSecret : foundation.newId();
  };
  return {
    mcp: {
      auth: () => foundation.secrets.current().mcpAuth,
      session: programs,
      ...(isForSlackbot
        ? {
            slackbot: {
              session: slackbot,
              refusalOf: createVerifySignature(signingSecret, now),
              refused: (reason) => stranger({ reason }, "Slackbot's request was refused"),
            },
          }
        : {}),
      onError: (error) => foundation.log.warn({ err: error }, "an MCP request failed"),
    },
  };
}

const NO_PAGE = "no page could be read";

function healthOfBot({
  foundation,
  stores,
  pages,
  alerts,
  delivery,
  doctor,
  slack,
}: ServerParts): HealthRoutes {
  const { clock, config, meter, secrets } = foundation;
  meter.state({
    canWrite: async () => (await stores.problem()) === undefined,
    slack: () => slack.state(),
  });
  const { reconciliation, refusals } = alerts;
  return {
    bot: { pid: process.pid, store: storeIdentity(config.store) },
    readiness: async () => {
      const age = await stores.queueAge().catch(() => undefined);
      return {
        needed: { store: await stores.problem() },
        others: {
          slack: slack.problem(),
          delivery: age === undefined ? undefined : deliveryProblem(age),
          knowledge: pages.knowledge.library().pages.length > 0 ? undefined : NO_PAGE,
        },
        warnings: [
          ...delivery.problems(),
          ...reconciliation.problems(),
          ...refusals.warnings(),
          ...doctor.slackProblems(),
          ...pagesLeftOut(pages.knowledge.library()),
        ],
        figures: age === undefined ? {} : figuresOf(age),
      };
    },
    pagesRead: () => pagesRead(pages.knowledge.library()),
    metrics: () => meter.text(),
    metricsAuth: () => secrets.current().metricsAuth,
    now: () => clock.now(),
  };
}

function figuresOf({ queueSeconds, unnamedSeconds }: QueueAge): Record<string, number> {
  return {
    queueAgeSeconds: Math.round(queueSeconds),
    unnamedIncidentAgeSeconds: Math.round(unnamedSeconds),
  };
}
