/** Health, info, features and metrics (streamline-facts 1.2). */
import {
  type HttpAnswer,
  jsonAnswer,
  SERVER_VERSION,
  textAnswer,
  VERSION_HEADERS,
} from "../answer.ts";
import { formatRustNumber, renderExposition } from "../exposition.ts";
import {
  type EndpointView,
  isDataDirectoryPresent,
  NO_DATA_DIRECTORY,
  uptimeSeconds,
} from "./view.ts";

/** Two checks in this order; a message only on a failed one (src/server/http.rs:894). */
export function health(view: EndpointView): HttpAnswer {
  const present = isDataDirectoryPresent(view);
  const directory = present
    ? { name: "data_directory", status: "ok" }
    : { name: "data_directory", status: "failed", message: NO_DATA_DIRECTORY };
  const checks = [{ name: "storage", status: "ok" }, directory];
  return jsonAnswer({ status: present ? "healthy" : "unhealthy", checks }, present ? 200 : 503);
}

/** Always 200, and plain text. */
export function live(): HttpAnswer {
  return textAnswer("OK");
}

/** Without its directory the server is not ready, though the storage component says it is. */
export function ready(view: EndpointView): HttpAnswer {
  const isReady = isDataDirectoryPresent(view);
  const components = { http: "ready", protocol: "ready", storage: "ready" };
  return jsonAnswer({ components, status: isReady ? "ready" : "not_ready" }, isReady ? 200 : 503);
}

/** GET /info: version, addresses, data directory, topics and uptime in seconds (streamline-facts 1.2). */
export function info(view: EndpointView): HttpAnswer {
  return jsonAnswer({
    version: SERVER_VERSION,
    listen_addr: view.addresses.kafka,
    http_addr: view.addresses.http,
    data_dir: view.state.shape.dataDir,
    topics: view.state.topics.length,
    uptime_seconds: uptimeSeconds(view),
  });
}

/** A release binary is the lite build: nothing of this is compiled in, unless it is a cluster. */
export function features({ state }: EndpointView): HttpAnswer {
  const names = {
    auth: "auth",
    clustering: "clustering",
    analytics: "analytics",
    schema_registry: "schema-registry",
    encryption: "encryption",
    telemetry: "telemetry",
    web_ui: "web-ui",
  };
  const entries = Object.entries(names).map(([name, feature]) => {
    const active = name === "clustering" && state.cluster !== undefined;
    if (active) return [name, { enabled: true, status: "active" }];
    const reason = `Feature not compiled (requires --features ${feature})`;
    return [name, { enabled: false, status: "disabled", reason }];
  });
  return jsonAnswer({ features: Object.fromEntries(entries) });
}

/** GET /metrics: the text format 0.0.4 of what the recorder holds, with what the conditions do to it. */
export function metrics({ state, conditions }: EndpointView): HttpAnswer {
  const text = renderExposition(state.recorder, state.nowMs, conditions.exposition);
  return textAnswer(text, conditions.exposition.extraBytes);
}

/** Jolokia's shape, from the recorded `kafka_*` series only (src/metrics/jmx.rs:500-560). */
export function jmx({ state }: EndpointView): HttpAnswer {
  const value: Record<string, Record<string, number>> = {};
  for (const [name, series] of state.recorder.values) {
    if (!name.startsWith("kafka_")) continue;
    for (const [labels, number] of series) {
      const { bean, attribute } = beanOf(name, labels);
      value[bean] = { ...value[bean], [attribute]: Number(formatRustNumber(number)) };
    }
  }
  const body = JSON.stringify({ request: { type: "read" }, value, status: 200 }, undefined, 2);
  const headers = { ...VERSION_HEADERS, "content-type": "application/json" };
  return { status: 200, headers, body, extraBytes: 0 };
}

/** `kafka_consumer_consumer_lag` becomes `kafka.consumer:type=Consumer`, attribute `Lag`. */
function beanOf(name: string, labels: string): { bean: string; attribute: string } {
  const [domain = "", ...rest] = name.replace("kafka_", "").split("_");
  const attribute = rest.pop() ?? "Value";
  const label = (key: string) => new RegExp(`${key}="([^"]*)"`).exec(labels)?.[1];
  const parts = [
    ["topic", label("topic")],
    ["partition", label("partition")],
    ["client-id", label("group")],
  ].filter((part): part is [string, string] => part[1] !== undefined);
  const suffix = parts.map(([key, value]) => `,${key}=${value}`).join("");
  return {
    bean: `kafka.${domain}:type=${rest.map(capitalize).join("")}${suffix}`,
    attribute: capitalize(attribute),
  };
}

function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
