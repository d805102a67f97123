/** Routes of the simulated server: GET routes answer, mutating ones of the real server refuse. */
import {
  type Addresses,
  emptyAnswer,
  type HttpAnswer,
  type HttpOutcome,
  type HttpRequest,
} from "./answer.ts";
import type { Conditions } from "./conditions.ts";
import * as dashboard from "./endpoints/dashboard.ts";
import * as groups from "./endpoints/groups.ts";
import * as logs from "./endpoints/logs.ts";
import * as probes from "./endpoints/probes.ts";
import * as raft from "./endpoints/raft.ts";
import * as topics from "./endpoints/topics.ts";
import type { EndpointView } from "./endpoints/view.ts";
import { foreignMetrics, foreignPage, garbage, NOT_HTTP } from "./foreign.ts";
import type { Model } from "./model.ts";

type Endpoint = (view: EndpointView) => HttpAnswer;

/** Literal routes before those with a `:name`, as axum matches them. */
const ROUTES: readonly (readonly [path: string, endpoint: Endpoint])[] = [
  ["/health", probes.health],
  ["/health/live", probes.live],
  ["/health/ready", probes.ready],
  ["/info", probes.info],
  ["/metrics", probes.metrics],
  ["/metrics/jmx", probes.jmx],
  ["/api/v1/features", probes.features],
  ["/api/v1/topics", topics.listTopics],
  ["/api/v1/topics/:topic", topics.describeTopic],
  ["/api/v1/cluster", topics.clusterOverview],
  ["/api/v1/brokers", topics.listBrokers],
  ["/api/v1/cluster/status", raft.clusterStatus],
  ["/api/v1/cluster/members", raft.clusterMembers],
  ["/api/v1/consumer-groups", groups.listGroups],
  ["/api/v1/consumer-groups/heatmap", groups.heatmap],
  ["/api/v1/consumer-groups/:group", groups.describeGroup],
  ["/api/v1/consumer-groups/:group/lag", groups.groupLag],
  ["/api/v1/consumer-groups/:group/lag/:topic", groups.topicLag],
  ["/api/v1/logs", logs.readLogs],
  ["/api/v1/logs/search", logs.searchLogs],
  ["/api/v1/connections", logs.connections],
  ["/api/v1/connections/stats", logs.connectionStats],
  ["/api/v1/metrics/history", dashboard.metricsHistory],
  ["/api/v1/dashboard", dashboard.overview],
  ["/api/v1/dashboard/health", dashboard.dashboardHealth],
  ["/api/v1/dashboard/system", dashboard.system],
  ["/api/v1/dashboard/groups", groups.dashboardGroups],
];

const PATTERNS = ROUTES.map(([path, endpoint]) => ({ parts: path.split("/"), endpoint }));

/**
 * What a client gets that asks the model now, faults included. GET on a group's lag refreshes its
 * gauges; nothing else changes anything, whatever the method.
 */
export function answerHttp(model: Model, request: HttpRequest, addresses: Addresses): HttpOutcome {
  const conditions = model.conditions();
  const { mode, delayMs } = conditions.http;
  if (conditions.process !== "up" || mode === "refused") return { kind: "refused" };
  if (mode === "hanging") return { kind: "hanging" };
  if (mode === "not-http") return { kind: "raw", bytes: NOT_HTTP };
  return {
    kind: "answer",
    delayMs,
    answer: answerIn(mode, { model, conditions, request, addresses }),
  };
}

interface RequestContext {
  readonly model: Model;
  readonly conditions: Conditions;
  readonly request: HttpRequest;
  readonly addresses: Addresses;
}

function answerIn(
  mode: "real" | "garbage" | "foreign-page" | "foreign-metrics",
  context: RequestContext,
): HttpAnswer {
  switch (mode) {
    case "real":
      return routeRequest(context);
    case "garbage":
      return garbage(context.request);
    case "foreign-page":
      return foreignPage(context.request);
    case "foreign-metrics":
      return foreignMetrics(context.request, context.model.nowMs);
  }
}

function routeRequest({ model, conditions, request, addresses }: RequestContext): HttpAnswer {
  const mark = request.url.indexOf("?");
  const path = mark < 0 ? request.url : request.url.slice(0, mark);
  const query = new URLSearchParams(mark < 0 ? "" : request.url.slice(mark + 1));
  const match = matchRoute(path);
  if (match === undefined) return emptyAnswer(404);
  if (request.method !== "GET" && request.method !== "HEAD") return emptyAnswer(405);
  const { state } = model;
  const { params, endpoint } = match;
  return endpoint({ state, conditions, addresses, query, params });
}

function matchRoute(path: string) {
  const given = path.split("/");
  for (const { parts, endpoint } of PATTERNS) {
    if (parts.length !== given.length) continue;
    const params = matchParts(parts, given);
    if (params !== undefined) return { endpoint, params };
  }
  return undefined;
}

function matchParts(
  parts: readonly string[],
  given: readonly string[],
): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const value = given[index] ?? "";
    if (part.startsWith(":") && value !== "") params[part.slice(1)] = decodePart(value);
    else if (part !== value) return undefined;
  }
  return params;
}

/** A path that is not valid percent-encoding names nothing that exists. */
function decodePart(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
