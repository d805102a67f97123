/** The JSON of Alertmanager's API v2 <-> our values (openapi.yaml of Alertmanager). */

import { z } from "zod";
import type { HeldAlert, Silence } from "../../alerts/silence.ts";
import { boundedList } from "../../exposition/bounded-list.ts";
import type { AlertmanagerResult, NewSilence } from "../../features/silences/ports.ts";
import { readsListOf, readsOneOf } from "../http-client/long-json.ts";

/** RFC 3339. Not by zod's pattern of it, which takes four times as long, for 30,000 silences twice each. */
const time = z
  .string()
  .transform((text) => Date.parse(text))
  .refine((timeMs) => !Number.isNaN(timeMs), "is not a time");

const alert = z
  .object({
    fingerprint: z.string(),
    labels: z.record(z.string(), z.string()),
    status: z.object({ silencedBy: boundedList(z.string()).nullish() }),
  })
  .transform(({ fingerprint, labels, status }): HeldAlert => {
    return { fingerprint, labels, silencedBy: status.silencedBy ?? [] };
  });

const silence = z
  .object({
    id: z.string().min(1),
    matchers: boundedList(
      z.object({
        name: z.string(),
        value: z.string(),
        isRegex: z.boolean(),
        // Unknown to Alertmanager before 0.22, which had no negative matchers.
        isEqual: z.boolean().default(true),
      }),
    ),
    startsAt: time,
    endsAt: time,
    createdBy: z.string(),
    comment: z.string(),
    status: z.object({ state: z.enum(["active", "pending", "expired"]) }),
  })
  .transform(({ status, ...rest }): Silence => ({ ...rest, state: status.state }));

export const WIRE = {
  alerts: readsListOf(alert),
  silences: readsListOf(silence),
  silence: readsOneOf(silence),
  made: readsOneOf(
    z.object({ silenceID: z.string().min(1) }).transform(({ silenceID }) => silenceID),
  ),
};

/** The body of `POST /silences`. */
export function silenceBody({ startsAt, endsAt, ...rest }: NewSilence): string {
  return JSON.stringify({
    ...rest,
    startsAt: new Date(startsAt).toISOString(),
    endsAt: new Date(endsAt).toISOString(),
  });
}

/** The same reply with its value changed. */
export function mapAnswer<T, U>(
  reply: AlertmanagerResult<T>,
  change: (value: T) => U,
): AlertmanagerResult<U> {
  return reply.kind === "answered" ? { kind: "answered", value: change(reply.value) } : reply;
}
