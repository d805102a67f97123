/**
 * A source of series beyond the probes and /metrics: one endpoint, asked no oftener than it should
 * be. Each keeps what it has to remember of its target between polls.
 */

import type { z } from "zod";
import type { InfoAnswer } from "../../diagnosis/health/health-answers.ts";
import type { Target } from "../../diagnosis/target.ts";
import { parseJson } from "../../exposition/parse-json.ts";
import type { Sample } from "../../exposition/sample.ts";
import type { TargetClient } from "./target-client.ts";

/** What the poll has found out before the sources are asked. */
export interface PollContext {
  readonly atMs: number;
  /** The samples of /metrics; empty when they could not be read. */
  readonly scraped: readonly Sample[];
  readonly info: InfoAnswer;
}

export interface Source {
  /** Its series as of now; nothing when the endpoint failed or does not exist. */
  sample(moment: PollContext): Promise<readonly Sample[]>;
}

export type SourceAnswer<T> =
  | { readonly kind: "value"; readonly value: T }
  /** This build does not have the endpoint. */
  | { readonly kind: "absent" }
  | { readonly kind: "failed" };

/** GET of a JSON endpoint; an answer of another shape is a failure. */
export async function ask<T>(
  to: { readonly poll: Pick<TargetClient, "get">; readonly target: Target },
  path: string,
  shape: z.ZodType<T>,
): Promise<SourceAnswer<T>> {
  const reply = await to.poll.get(to.target, path);
  if (reply.kind !== "answered") return { kind: "failed" };
  if (reply.status === 404) return { kind: "absent" };
  if (reply.status !== 200) return { kind: "failed" };
  const parsed = shape.safeParse(parseJson(reply.body));
  return parsed.success ? { kind: "value", value: parsed.data } : { kind: "failed" };
}
