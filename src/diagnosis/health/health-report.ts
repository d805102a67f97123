/**
 * Is this server healthy? Each probe apart, and one sentence that says what it amounts to.
 */

import { factsOf, PROBES, type ProbeResult } from "../probe-results.ts";
import type { HealthPoll } from "../reply.ts";
import type { Target } from "../target.ts";
import type { HealthCheck } from "./health-answers.ts";
import { type HealthVerdict, verdictOf } from "./health-verdicts.ts";

interface ServerFacts {
  readonly version: string;
  readonly dataDir: string;
  readonly topics: number;
  readonly uptimeSeconds: number;
}

export interface HealthReport {
  readonly target: string;
  readonly http: string;
  readonly kafka: string;
  /** When the poll began, in milliseconds since the epoch. */
  readonly atMs: number;
  readonly probes: readonly ProbeResult[];
  /** The server's own checks, when /health could be read. */
  readonly checks: readonly HealthCheck[];
  /** What /info says, when it could be read. */
  readonly server?: ServerFacts;
  readonly verdict: HealthVerdict;
}

/** Judges one poll of a target; the same poll gives the same report. */
export function judgeHealth(target: Target, poll: HealthPoll): HealthReport {
  const facts = factsOf(poll);
  const { info } = facts;
  return {
    target: target.name,
    http: target.http,
    kafka: target.kafka,
    atMs: poll.atMs,
    probes: PROBES.map((probe) => facts.results[probe]),
    checks: facts.checks,
    ...(info === undefined ? {} : { server: serverFacts(info) }),
    verdict: verdictOf({ target, facts, poll }),
  };
}

function serverFacts({ version, dataDir, topics, uptimeSeconds }: ServerFacts): ServerFacts {
  return { version, dataDir, topics, uptimeSeconds };
}
