/** What one Alertmanager's API v2 says of the alerts that it holds, and of itself. */

import { z } from "zod";
import type { Alert } from "../../alerts/alert.ts";
import { escapedPattern, type HeldAlert, type Silence } from "../../alerts/silence.ts";
import { boundedList } from "../../exposition/bounded-list.ts";
import type { HeldGroup } from "../../features/incidents/source-ports.ts";
import type { AlertmanagerResult } from "../../features/silences/ports.ts";
import { DAY_MS, HOUR_MS } from "../../promql/duration.ts";
import { type AnswerReader, readsListOf, readsOneOf } from "../http-client/long-json.ts";
import type { MemberClocks } from "./member-clocks.ts";
import { mapAnswer } from "./wire.ts";

/** An alert as one member holds it. */
export interface MemberAlert extends HeldAlert {
  readonly startsAt: number;
  /** Until then, by our clock, it is held without being reported again. */
  readonly leaseUntil: number;
  readonly isSuppressed: boolean;
  /** Fingerprints. */
  readonly inhibitedBy: readonly string[];
  /** Names of time intervals. */
  readonly mutedBy: readonly string[];
}

interface MemberStart {
  /** By our clock, in milliseconds since 1970. */
  readonly at: number;
  /** After so long an alert that nobody repeats is forgotten: everything that fires was reported. */
  readonly resolveTimeoutMs: number;
  /** So long a new group waits before its first notification, at most. */
  readonly groupWaitMs: number;
}

export interface MemberApi {
  held(address: string): Promise<AlertmanagerResult<readonly MemberAlert[]>>;
  silences(address: string): Promise<AlertmanagerResult<readonly Silence[]>>;
  groups(address: string, receiver: string): Promise<AlertmanagerResult<readonly HeldGroup[]>>;
  started(address: string): Promise<AlertmanagerResult<MemberStart>>;
}

/** Asks one address and reads the answer. */
type AskMember = <T>(
  address: string,
  path: string,
  read: AnswerReader<T>,
) => Promise<AlertmanagerResult<T>>;

interface MemberAsking {
  readonly ask: AskMember;
  readonly silences: MemberApi["silences"];
  readonly clocks: Pick<MemberClocks, "toOurs">;
}

/** What members are asked. Times in answers are moved to our clock. */
export function createMemberApi({ ask, silences, clocks }: MemberAsking): MemberApi {
  return {
    async held(address) {
      const reply = await ask(address, "/alerts", HELD);
      const toOurs = (alert: MemberAlert): MemberAlert => {
        return { ...alert, leaseUntil: clocks.toOurs(address, alert.leaseUntil) };
      };
      return mapAnswer(reply, (alerts) => alerts.map(toOurs));
    },
    silences,
    groups(address, receiver) {
      const exactly = new URLSearchParams({ receiver: `^(?:${escapedPattern(receiver)})$` });
      return ask(address, `/alerts/groups?${exactly.toString()}`, GROUPS);
    },
    async started(address) {
      const reply = await ask(address, "/status", STATUS);
      return mapAnswer(reply, ({ at, ...rest }) => ({ ...rest, at: clocks.toOurs(address, at) }));
    },
  };
}

const time = z.string().transform((text) => Date.parse(text) || 0);
const names = boundedList(z.string()).nullish();

const heldAlert = z
  .object({
    fingerprint: z.string(),
    labels: z.record(z.string(), z.string()),
    startsAt: time,
    endsAt: time,
    status: z.object({
      state: z.string(),
      silencedBy: names,
      inhibitedBy: names,
      // Since 0.28.
      mutedBy: names,
    }),
  })
  .transform(({ fingerprint, labels, startsAt, endsAt, status }): MemberAlert => {
    return {
      fingerprint,
      labels,
      startsAt,
      leaseUntil: endsAt,
      // "unprocessed" is what was reported a moment ago: it may fire.
      isSuppressed: status.state === "suppressed",
      silencedBy: status.silencedBy ?? [],
      inhibitedBy: status.inhibitedBy ?? [],
      mutedBy: status.mutedBy ?? [],
    };
  });

const HELD = readsListOf(heldAlert);

const texts = z.record(z.string(), z.string());

const groupAlert = z
  .object({
    fingerprint: z.string(),
    labels: texts,
    annotations: texts.nullish(),
    startsAt: time,
    generatorURL: z.string().optional(),
    status: z.object({ state: z.string() }),
  })
  .transform(({ annotations, generatorURL, status, ...rest }) => {
    const addresses = generatorURL ? { addresses: { generator: generatorURL } } : {};
    const alert: Alert = {
      ...rest,
      status: "firing",
      annotations: annotations ?? {},
      ...addresses,
    };
    return { alert, isActive: status.state === "active" };
  });

const GROUPS = readsListOf(
  z
    .object({ labels: texts, alerts: boundedList(groupAlert) })
    .transform(({ labels, alerts }): HeldGroup => {
      return {
        labels,
        fingerprints: alerts.map(({ alert }) => alert.fingerprint),
        active: alerts.flatMap(({ alert, isActive }) => (isActive ? [alert] : [])),
      };
    }),
);

/** Alertmanager's defaults for `resolve_timeout` and `group_wait`. */
const RESOLVE_TIMEOUT_MS = 5 * 60_000;
const GROUP_WAIT_MS = 30_000;

const STATUS = readsOneOf(
  z
    .object({
      /** Its start, whatever the name says. */
      uptime: time,
      config: z.object({ original: z.string() }).partial().optional(),
    })
    .transform(
      ({ uptime, config }): MemberStart => ({
        at: uptime,
        resolveTimeoutMs: Math.max(
          ...durations(config?.original, "resolve_timeout", RESOLVE_TIMEOUT_MS),
        ),
        groupWaitMs: Math.max(...durations(config?.original, "group_wait", GROUP_WAIT_MS)),
      }),
    ),
);

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: HOUR_MS,
  d: DAY_MS,
};

/** The effective configuration says it in Prometheus' way: `resolve_timeout: 1m30s`. */
function durations(config: string | undefined, key: string, otherwise: number): number[] {
  const line = new RegExp(`^[ \\t-]*${key}:[ \\t]*"?([\\dhmsd]{1,40})"?[ \\t\\r]*$`, "gm");
  const written = [...(config ?? "").matchAll(line)].map(([, text = ""]) => durationOf(text));
  return written.length === 0 ? [otherwise] : written;
}

function durationOf(text: string): number {
  const parts = [...text.matchAll(/(\d{1,15})(ms|[smhd])/g)];
  return parts.reduce((sum, [, n, unit = "s"]) => sum + Number(n) * (UNITS[unit] ?? 0), 0);
}
