/** The in-memory log and the connection figures (streamline-facts 1.3). */
import { type HttpAnswer, jsonAnswer } from "../answer.ts";
import { LOG_LEVELS, type LogLevel } from "../log-ring.ts";
import { type EndpointView, uptimeSeconds } from "./view.ts";

const DEFAULT_LIMIT = 100;

/** `?level=&limit=&after=`: the newest entries at or above a level, oldest first. */
export function readLogs(view: EndpointView): HttpAnswer {
  const limit = numberParameter(view, "limit") ?? DEFAULT_LIMIT;
  const afterId = numberParameter(view, "after");
  if (limit === "invalid" || afterId === "invalid") return badQuery();
  return logsAnswer(view, { limit, ...(afterId !== undefined && { afterId }) });
}

/** `?q=` is searched for in message and target only, never in fields (src/server/log_buffer.rs). */
export function searchLogs(view: EndpointView): HttpAnswer {
  const pattern = view.query.get("q");
  const limit = numberParameter(view, "limit") ?? DEFAULT_LIMIT;
  if (pattern === null || limit === "invalid") return badQuery();
  return logsAnswer(view, { limit, pattern });
}

/** In-flight requests are always 0: nothing counts them (streamline-facts 1.3). */
export function connectionStats(view: EndpointView): HttpAnswer {
  return jsonAnswer(connectionFigures(view));
}

/**
 * The aggregate connection figures, and the real server's note that it knows no single connection
 * (streamline-facts 1.3).
 */
export function connections(view: EndpointView): HttpAnswer {
  const note =
    "Detailed per-connection tracking requires protocol handler modifications. " +
    "Use stats endpoint for aggregate metrics.";
  return jsonAnswer({ stats: connectionFigures(view), note });
}

function logsAnswer(
  { state, query }: EndpointView,
  filter: { limit: number; afterId?: number; pattern?: string },
): HttpAnswer {
  const { log } = state;
  const entries = log.read({ ...filter, minLevel: parseLevel(query.get("level")) });
  const ordered = entries.map(({ id, timestamp, level, target, message, fields }) => ({
    id,
    timestamp,
    level,
    target,
    message,
    ...(fields && { fields }),
  }));
  const latest = log.latestId;
  return jsonAnswer({
    entries: ordered,
    total: log.size,
    ...(latest !== undefined && { latest_id: latest }),
  });
}

function connectionFigures(view: EndpointView) {
  return {
    active_connections: view.state.heldConnections,
    in_flight_requests: 0,
    uptime_seconds: uptimeSeconds(view),
    is_shutting_down: false,
  };
}

/** An unknown level filters nothing (src/server/log_buffer.rs `LogLevel::parse`). */
function parseLevel(text: string | null): LogLevel | undefined {
  const level = text?.toUpperCase() === "WARNING" ? "WARN" : text?.toUpperCase();
  return LOG_LEVELS.find((known) => known === level);
}

function numberParameter({ query }: EndpointView, name: string): number | "invalid" | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  return /^\d+$/.test(text) ? Number(text) : "invalid";
}

/** axum refuses a query it cannot read with 400 and a line of text. */
function badQuery(): HttpAnswer {
  const answer = jsonAnswer("", 400);
  return {
    ...answer,
    headers: { ...answer.headers, "content-type": "text/plain; charset=utf-8" },
    body: "Failed to deserialize query string",
  };
}
