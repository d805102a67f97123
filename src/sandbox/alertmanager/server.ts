/**
 * A small Alertmanager for the sandbox: alerts and silences in memory, behind the part of API v2
 * that the bot asks. Which notifications go out is for the panel's alerts to decide, by what it mutes.
 */

import { readFileSync } from "node:fs";
import Fastify from "fastify";
import { hiding, type Silence, type SilenceMatcher } from "../../alerts/silence.ts";
import type { Labels } from "../../exposition/sample.ts";
import { createSilenceBook } from "./silence-book.ts";

export interface FiredAlert {
  readonly fingerprint: string;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly startsAt: number;
}

export interface SimulatedAlertmanager {
  readonly url: string;
  hold(alert: FiredAlert): void;
  /** The alert is over. */
  drop(fingerprint: string): void;
  isMuted(labels: Labels): boolean;
  close(): Promise<void>;
}

export interface SimulatedAlertmanagerOptions {
  readonly host: string;
  readonly now: () => number;
}

/** It is set up as our example says. */
const EXAMPLE = new URL("../../../alerts/alertmanager.yml", import.meta.url);

/**
 * Listens on a free port of `host`; `now` is in Unix milliseconds. Rejects if no port can be opened;
 * `close` ends every connection.
 */
export async function startSimulatedAlertmanager({
  host,
  now,
}: SimulatedAlertmanagerOptions): Promise<SimulatedAlertmanager> {
  const alerts = new Map<string, FiredAlert>();
  const book = createSilenceBook(now);
  const server = Fastify({ logger: false, forceCloseConnections: true });

  server.get(
    "/",
    () => "The simulated Alertmanager of the sandbox: see /api/v2/alerts and /api/v2/silences.\n",
  );
  server.get<{ Querystring: { filter?: string | string[] } }>(
    "/api/v2/alerts",
    (request, reply) => {
      const matchers = [request.query.filter ?? []].flat().map(parseFilter);
      const known = matchers.filter((each) => each !== undefined);
      if (known.length < matchers.length) return reply.status(400).send(json("bad matcher format"));
      const hides = hiding(known);
      const shown = [...alerts.values()].filter(({ labels }) => hides(labels));
      return shown.map((alert) => alertJson(alert, book.mutedBy(alert.labels), now()));
    },
  );
  server.get("/api/v2/status", () => ({
    versionInfo: { version: "0.25.0" },
    cluster: { status: "disabled", peers: [] },
    config: { original: readFileSync(EXAMPLE, "utf8") },
  }));
  server.get("/api/v2/silences", () => book.list().map(silenceJson));
  server.post("/api/v2/silences", (request, reply) => {
    const put = book.put(request.body);
    if (put.kind === "unknown") return reply.status(404).send(json("silence not found"));
    if (put.kind === "refused") return reply.status(400).send(json(put.reason));
    return { silenceID: put.id };
  });
  server.get<{ Params: { id: string } }>("/api/v2/silence/:id", (request, reply) => {
    const silence = book.find(request.params.id);
    return silence === undefined ? reply.status(404).send() : silenceJson(silence);
  });
  server.delete<{ Params: { id: string } }>("/api/v2/silence/:id", (request, reply) => {
    const { id } = request.params;
    if (book.find(id) === undefined) return reply.status(404).send();
    if (!book.end(id)) return reply.status(500).send(json(`silence ${id} already expired`));
    return reply.status(200).send();
  });

  const url = await server.listen({ host, port: 0 });
  return {
    url,
    hold: (alert) => void alerts.set(alert.fingerprint, alert),
    drop: (fingerprint) => void alerts.delete(fingerprint),
    isMuted: (labels) => book.mutedBy(labels).length > 0,
    close: () => server.close(),
  };
}

/** Errors are a JSON text. */
function json(text: string): string {
  return JSON.stringify(text);
}

/** An alert that nobody repeats is forgotten after this time, as the real one says in `endsAt`. */
const LEASE_MS = 4 * 60_000;

function alertJson(
  { startsAt, ...alert }: FiredAlert,
  silencedBy: readonly string[],
  nowMs: number,
) {
  return {
    ...alert,
    startsAt: new Date(startsAt).toISOString(),
    endsAt: new Date(nowMs + LEASE_MS).toISOString(),
    status: { state: silencedBy.length > 0 ? "suppressed" : "active", silencedBy, inhibitedBy: [] },
  };
}

function silenceJson({ startsAt, endsAt, state, ...silence }: Silence) {
  return {
    ...silence,
    startsAt: new Date(startsAt).toISOString(),
    endsAt: new Date(endsAt).toISOString(),
    status: { state },
  };
}

/** `name="value"`; undefined for what is none. */
function parseFilter(text: string): SilenceMatcher | undefined {
  const [, name, operator = "", quoted] =
    /^\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*(=~|!~|!=|=)\s*"((?:[^"\\]|\\.)*)"\s*$/s.exec(text) ?? [];
  if (name === undefined || quoted === undefined) return undefined;
  const value = quoted.replace(/\\(.)/gs, (_, mark: string) => (mark === "n" ? "\n" : mark));
  return { name, value, isRegex: operator.endsWith("~"), isEqual: operator.startsWith("=") };
}
