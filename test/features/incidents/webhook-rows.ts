/**
 * Bodies of Alertmanager's form as their senders write them, and what they must lead to: what was sent,
 * one after the other, what then fires, and what the first message says.
 */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Incident } from "../../../src/incidents/incident.ts";
import type { Json } from "../../support/case-bodies.ts";
import { type CaseWorld, createCaseWorld, INCIDENTS } from "../../support/case-world.ts";

const NOW = "2026-11-28T02:00:00Z";
/** When each alert began, two minutes before it is sent. */
export const BEFORE = "2026-11-28T01:58:00Z";
/** The end that Go writes where there is none. */
export const YEAR_1 = "0001-01-01T00:00:00Z";
/** A step that lets a minute pass. */
export const MINUTE = { wait: 60 };
/** An alert that fires, as Alertmanager writes it; `rest` goes before what is usual. */
export function alert(labels: Json, rest: Json = {}): Json {
  return {
    status: "firing",
    labels: { alertname: "KafkaDown", ...labels },
    annotations: {},
    startsAt: BEFORE,
    endsAt: YEAR_1,
    generatorURL: "http://prometheus:9090/graph?g0.expr=x",
    ...rest,
  };
}

/** The end of such an alert. */
export function over(labels: Json, rest: Json = {}): Json {
  return alert(labels, { status: "resolved", endsAt: NOW, ...rest });
}

/** A notification of the alerts in one group. */
export function group(alerts: readonly Json[], rest: Json = {}): Json {
  return {
    version: "4",
    groupKey: '{}:{alertname="KafkaDown"}',
    receiver: "bot",
    status: "firing",
    groupLabels: { alertname: "KafkaDown" },
    commonLabels: { alertname: "KafkaDown" },
    commonAnnotations: {},
    externalURL: "http://alertmanager:9093",
    truncatedAlerts: 0,
    alerts,
    ...rest,
  };
}

type Step = Json | string | { readonly wait: number };

interface Row {
  readonly what: string;
  readonly steps: readonly Step[];
  /** Of each incident: its state, and what fires by the label `n`, or its count. */
  readonly shows: readonly string[];
  /** What the first message says, and what it does not. */
  readonly says?: readonly RegExp[];
  readonly never?: readonly RegExp[];
}

function isWait(step: Step): step is { readonly wait: number } {
  return typeof step === "object" && typeof step["wait"] === "number";
}

/** The incident's state, and which of its alerts fire by the label `n`, or else how many. */
export function stateOf({ status, alerts }: Incident): string {
  const firing = alerts.filter((each) => each.status === "firing");
  const names = firing.map(({ labels }) => labels["n"]).filter((each) => each !== undefined);
  return [status, names.length > 0 ? names.toSorted().join("") : firing.length || ""]
    .filter((each) => each !== "")
    .join(" ");
}

function messagesOf({ slack }: CaseWorld): string[] {
  return slack.messages
    .filter(({ channel, threadTs }) => channel === INCIDENTS && threadTs === undefined)
    .map(({ text }) => text);
}

/** A test for each row: its steps are sent to a bot of its own. */
export function check(kind: string, rows: readonly Row[]): void {
  describe(kind, () => {
    for (const { what, steps, shows, says = [], never = [] } of rows) {
      test(what, async (t) => {
        const world = await createCaseWorld(t);
        for (const step of steps) {
          if (isWait(step)) await world.wait(step.wait);
          else await world.post(step);
        }
        await world.wait(60);
        assert.deepEqual(
          world.answers
            .map(({ status, text }) => [status, text])
            .filter(([status]) => status !== 200),
          [],
        );
        assert.deepEqual((await world.incidents()).map(stateOf), shows);
        const [first = ""] = messagesOf(world);
        for (const each of says) assert.match(first, each);
        for (const each of never) assert.doesNotMatch(first, each);
      });
    }
  });
}
