/**
 * Plays a file of test/fixtures/notifications: webhooks in their order and at their times, through the
 * reading and the state model, with time that passes between them.
 *
 * `webhook` is a compact body: what it leaves out is what Alertmanager 0.25 sends. In texts, `$now`
 * (with ±seconds) is a time, `$i` the number of a copy, `$rep(x,n)` a repetition.
 */

import { readFileSync } from "node:fs";
import { parseWebhook } from "../../src/alerts/parse-webhook.ts";
import { passTime } from "../../src/incidents/act-on-incident.ts";
import { applyNotification } from "../../src/incidents/apply-notification.ts";
import { groupIdentity, type Incident } from "../../src/incidents/incident.ts";
import type { Notice } from "../../src/incidents/notice.ts";
import { createSenderMemory } from "../../src/incidents/other-sender.ts";

type Json = Record<string, unknown>;

export interface Played {
  /** Latest state of each incident, in the order in which they opened. */
  readonly incidents: readonly Incident[];
  /** Every state in which an incident was shown, with its title's status. */
  readonly shown: readonly Incident[];
  readonly notices: readonly Notice[];
  readonly refused: readonly string[];
}

const FOLDER = new URL("../fixtures/notifications/", import.meta.url);
const START = Date.parse("2026-11-28T02:00:00Z");

export function playCase(name: string): Played {
  const { steps } = JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), "utf8")) as {
    steps: readonly Json[];
  };
  const player = new Player();
  for (const step of steps) player.run(step);
  player.wait(40);
  return player;
}

class Player implements Played {
  now = START;
  readonly latest = new Map<string, Incident>();
  readonly shown: Incident[] = [];
  readonly notices: Notice[] = [];
  readonly refused: string[] = [];
  readonly senders = createSenderMemory();

  get incidents(): Incident[] {
    const byId = new Map(this.shown.map(({ id }) => [id, undefined]));
    return [...byId.keys()].flatMap((id) => this.shown.findLast((each) => each.id === id) ?? []);
  }

  run(step: Json): void {
    if (typeof step["wait"] === "number") this.wait(step["wait"]);
    if (typeof step["rawBody"] === "string") this.receive(JSON.parse(step["rawBody"]));
    if (typeof step["webhook"] !== "object" || step["webhook"] === null) return;
    const times = typeof step["times"] === "number" ? step["times"] : 1;
    for (let n = 0; n < times; n += 1) {
      this.receive(bodyOf(step["webhook"] as Json, { now: this.now, copy: n }));
    }
  }

  wait(seconds: number): void {
    for (let n = 0; n < seconds; n += 1) {
      this.now += 1_000;
      for (const [identity, incident] of this.latest) {
        const change = passTime(incident, this.now);
        if (change !== undefined) this.keep(identity, change.incident, change.notices);
      }
    }
  }

  receive(body: unknown): void {
    const result = parseWebhook(body, { source: "default", nowMs: this.now });
    if (result.kind === "malformed") {
      this.refused.push(result.reason);
      return;
    }
    const sent = this.senders.known(result.notification);
    const first = this.latest.get(groupIdentity(sent));
    const told = (first && this.senders.found(first, sent)) ?? sent;
    const identity = groupIdentity(told);
    const outcome = applyNotification(this.latest.get(identity), told, {
      id: `i${this.shown.length}`,
      channel: "C1",
      nowMs: this.now,
    });
    this.keep(identity, outcome.incident, outcome.notices);
  }

  keep(identity: string, incident: Incident, notices: readonly Notice[]): void {
    this.latest.set(identity, incident);
    this.shown.push(incident);
    this.notices.push(...notices);
  }
}

interface Filling {
  readonly now: number;
  readonly copy: number;
}

function bodyOf(compact: Json, filling: Filling): Json {
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
