/** What one Alertmanager's API v2 says of the alerts that it holds, and of itself. */

import { z } from "zod";
import { escapedPattern, type HeldAlert, type Silence } from "../../alerts/silence.ts";
import type { Labels } from "../../exposition/sample.ts";
import type { HeldGroup } from "../../features/incidents/source-ports.ts";
import type { AlertmanagerResult } from "../../features/silences/ports.ts";

/** An alert as one member holds it. */
export interface MemberAlert extends HeldAlert {
  readonly startsAt: number;
  /** Until then it is held without being reported again. */
  readonly leaseUntil: number;
  readonly isSuppressed: boolean;
  /** Fingerprints. */
  readonly inhibitedBy: readonly string[];
  /** Names of time intervals. */
  readonly mutedBy: readonly string[];
}

interface MemberStart {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** After so long an alert that nobody repeats is forgotten: everything that fires was reported. */
  readonly resolveTimeoutMs: number;
}

export interface MemberApi {
  held(address: string): Promise<AlertmanagerResult<readonly MemberAlert[]>>;
  silences(address: string): Promise<AlertmanagerResult<readonly Silence[]>>;
  groups(address: string, receiver: string): Promise<AlertmanagerResult<readonly HeldGroup[]>>;
  started(address: string): Promise<AlertmanagerResult<MemberStart>>;
}

/** Asks one address and reads the answer by a shape. */
export type AskMember = <T>(
  address: string,
  path: string,
  shape: z.ZodType<T>,
) => Promise<AlertmanagerResult<T>>;

export function createMemberApi(ask: AskMember, silences: MemberApi["silences"]): MemberApi {
  return {
    held: (address) => ask(address, "/alerts", HELD),
    silences,
    groups(address, receiver) {
      const exactly = new URLSearchParams({ receiver: `^(?:${escapedPattern(receiver)})$` });
      return ask(address, `/alerts/groups?${exactly.toString()}`, GROUPS);
    },
    started: (address) => ask(address, "/status", STATUS),
  };
}

const time = z.string().transform((text) => Date.parse(text) || 0);
const names = z.array(z.string()).nullish();

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

const HELD = z.array(heldAlert);

const GROUPS = z.array(
  z
    .object({
      labels: z.record(z.string(), z.string()),
      alerts: z.array(z.object({ fingerprint: z.string() })),
    })
    .transform(({ labels, alerts }): { labels: Labels; fingerprints: readonly string[] } => ({
      labels,
      fingerprints: alerts.map(({ fingerprint }) => fingerprint),
    })),
);

/** Alertmanager's default for `resolve_timeout`. */
const RESOLVE_TIMEOUT_MS = 5 * 60_000;

const STATUS = z
  .object({
    /** Its start, whatever the name says. */
    uptime: time,
    config: z.object({ original: z.string() }).partial().optional(),
  })
  .transform(
    ({ uptime, config }): MemberStart => ({
      at: uptime,
      resolveTimeoutMs: resolveTimeout(config?.original ?? ""),
    }),
  );

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** The effective configuration says it in Prometheus' way: `resolve_timeout: 1m30s`. */
function resolveTimeout(config: string): number {
  const written = /^\s*resolve_timeout:\s*"?([\dhmsd]+)"?\s*$/m.exec(config)?.[1];
  const parts = [...(written ?? "").matchAll(/(\d+)(ms|[smhd])/g)];
  if (parts.length === 0) return RESOLVE_TIMEOUT_MS;
  return parts.reduce((sum, [, n, unit = "s"]) => sum + Number(n) * (UNITS[unit] ?? 0), 0);
}
