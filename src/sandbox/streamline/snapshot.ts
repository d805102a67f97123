/** What a bot would poll at one moment of virtual time, without sockets: for the evaluation. */

import type { Addresses, HttpOutcome } from "./answer.ts";
import { answerHttp } from "./endpoints.ts";
import type { Model } from "./model.ts";

/** The Kafka port: closed, or answering an ApiVersions or Metadata request after so long. */
type KafkaOutcome =
  | { readonly kind: "refused" }
  | { readonly kind: "answer"; readonly delayMs: number };

export interface SimulatedPoll {
  readonly atMs: number;
  readonly kafka: KafkaOutcome;
  /** By path, in the order asked; asking a group's lag refreshes its gauges for later paths. */
  readonly http: ReadonlyMap<string, HttpOutcome>;
}

const ADDRESSES: Addresses = { http: "0.0.0.0:9094", kafka: "0.0.0.0:9092" };

/** Advances the model to that moment and asks it all the paths. */
export function snapshotAt(model: Model, atMs: number, paths: readonly string[]): SimulatedPoll {
  model.advance(atMs);
  const { process, kafka } = model.conditions();
  return {
    atMs,
    kafka: process === "up" ? { kind: "answer", delayMs: kafka.delayMs } : { kind: "refused" },
    http: new Map(
      paths.map((url) => [url, answerHttp(model, { method: "GET", url }, ADDRESSES)] as const),
    ),
  };
}
