/**
 * The compact webhooks of test/fixtures/notifications as whole bodies: what one leaves out is what
 * Alertmanager 0.25 sends. In texts, `$now` (with ±seconds) is a time, `$i` the number of a copy,
 * `$rep(x,n)` a repetition.
 */

export type Json = Record<string, unknown>;

export interface Filling {
  readonly now: number;
  readonly copy: number;
}

export function bodyOf(compact: Json, filling: Filling): Json {
  const { many, alerts = [], ...rest } = compact;
  const given = alerts as Json[];
  const copies =
    typeof many === "number"
      ? Array.from({ length: many }, (_, copy) =>
          given.map((each) => filled(each, { ...filling, copy })),
        ).flat()
      : given.map((each) => filled(each, filling));
  const full = copies.map((alert) => ({
    status: "firing",
    annotations: {},
    startsAt: time(filling.now),
    endsAt: alert["status"] === "resolved" ? time(filling.now) : "0001-01-01T00:00:00Z",
    generatorURL: "http://prometheus:9090/graph?g0.expr=x",
    ...alert,
  }));
  return {
    version: "4",
    receiver: "bot",
    status: full.some(({ status }) => status === "firing") ? "firing" : "resolved",
    groupLabels: {},
    commonLabels: {},
    commonAnnotations: {},
    externalURL: "http://alertmanager:9093",
    truncatedAlerts: 0,
    ...filled<Json>(rest, filling),
    alerts: full,
  };
}

/** The same value with the texts filled in. */
function filled<T>(value: T, filling: Filling): T {
  if (typeof value === "string") return textOf(value, filling) as T;
  if (Array.isArray(value)) return value.map((each: unknown) => filled(each, filling)) as T;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, each]) => [name, filled(each, filling)]);
  return Object.fromEntries(entries) as T;
}

function textOf(text: string, { now, copy }: Filling): string {
  return text
    .replace(/\$rep\((.*?),(\d+)\)/gsu, (_, part: string, n: string) => part.repeat(Number(n)))
    .replace(/\$now([+-]\d+)?/g, (_, by: string | undefined) => time(now + Number(by ?? 0) * 1_000))
    .replaceAll("$i", String(copy));
}

function time(ms: number): string {
  return new Date(ms).toISOString();
}
