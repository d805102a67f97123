/**
 * What one poll of a target amounts to: rules from worst to best, of which the first that holds is
 * the verdict.
 *
 * What the notes claim of the server is from streamline-facts, by section.
 */

import {
  failedCheckText,
  type PollFacts,
  PROBE_NAMES,
  PROBES,
  type ProbeResult,
} from "../probe-results.ts";
import { failureText, type HealthPoll, type PortReply } from "../reply.ts";
import { spanText } from "../span-text.ts";
import type { Target } from "../target.ts";

export type HealthState =
  | "wrong-address"
  | "down"
  | "http-down"
  | "foreign"
  | "http-hangs"
  | "http-broken"
  | "kafka-down"
  | "kafka-silent"
  | "unhealthy"
  | "partial"
  | "slow"
  | "healthy";

export interface HealthVerdict {
  readonly state: HealthState;
  /** One sentence that names the target and says exactly what was seen. */
  readonly sentence: string;
  /** What it means and what to check next; text to search for stands in backticks. */
  readonly notes: readonly string[];
}

/**
 * The probes read memory or ask for one path (streamline-facts 1.2), so half a second is long; by
 * default a poll gives up after two.
 */
const SLOW_MS = 500;

export interface Case {
  readonly target: Target;
  readonly facts: PollFacts;
  readonly poll: HealthPoll;
}

interface HealthRule {
  readonly state: HealthState;
  readonly holds: (seen: Case) => boolean;
  readonly sentence: (seen: Case) => string;
  readonly notes?: (seen: Case) => readonly string[];
}

/** The first rule that holds; healthy when none does. */
export function verdictOf(seen: Case): HealthVerdict {
  const rule = RULES.find((each) => each.holds(seen)) ?? HEALTHY;
  const notes = rule.notes?.(seen) ?? [];
  return {
    state: rule.state,
    sentence: rule.sentence(seen),
    notes: [...notes, ...versionNotes(seen.facts)],
  };
}

const RULES: readonly HealthRule[] = [
  {
    state: "wrong-address",
    holds: ({ facts }) => spokenAt(facts, "health") !== undefined || isKafkaElsewhere(facts),
    sentence: wrongAddressSentence,
    notes: wrongAddressNotes,
  },
  {
    state: "down",
    holds: ({ facts }) => !facts.httpAnswers && !facts.results.kafka_api.ok,
    sentence: downSentence,
    notes: downNotes,
  },
  {
    state: "http-down",
    holds: ({ facts }) => !facts.results.http.ok,
    sentence: ({ target, facts }) =>
      `${target.name}: Kafka answers, HTTP does not. Clients can work, but ${target.http} ` +
      `${facts.results.http.says}.`,
    notes: httpDownNotes,
  },
  {
    state: "foreign",
    holds: ({ facts }) => isForeign(facts),
    sentence: ({ target, facts }) =>
      `${target.name}: something other than Streamline answers at ${target.http}: ` +
      `/health ${facts.results.health.says}.`,
    notes: () => [
      "A Streamline server answers /health with JSON and sends the header X-Streamline-Version; this answer has neither. Check the target's address, and what listens on that port or proxies it.",
    ],
  },
  {
    state: "http-hangs",
    holds: ({ poll }) => poll.health.kind === "timeout",
    sentence: ({ target, facts, poll }) =>
      `${target.name}: HTTP is too slow to be used: ${target.http} takes the connection, ` +
      `but /health gives no complete answer within ${spanText(waited(poll) / 1000)}; ` +
      `Kafka ${kafkaWord(facts)}.`,
    notes: () => [
      "/health checks two things in memory and one path, so a server that cannot answer it in time is starved of CPU, stuck on its disk, or behind a slow network.",
    ],
  },
  {
    state: "http-broken",
    holds: ({ facts }) => facts.health.kind !== "health",
    sentence: ({ target, facts }) =>
      `${target.name}: /health cannot be read: it ${facts.results.health.says}; ` +
      `Kafka ${kafkaWord(facts)}.`,
    notes: ({ poll }) => [
      poll.health.kind === "tls"
        ? "Streamline's own HTTP has no TLS, so a proxy is in front of it: give the bot the authority of its certificate in NODE_EXTRA_CA_CERTS, or write the host name that the certificate names."
        : "A proxy between the bot and the server can do this, too.",
    ],
  },
  {
    state: "kafka-down",
    holds: ({ facts }) => !facts.results.kafka.ok,
    sentence: ({ target, facts }) =>
      `${target.name}: HTTP answers, Kafka does not: ${target.kafka} ${facts.results.kafka.says}.`,
    notes: () => [
      "At a start HTTP opens before the Kafka port, and at a stop it stays until the connections are drained: check again in half a minute. If it stays so, check the target's Kafka address and the server's --listen-addr.",
    ],
  },
  {
    state: "kafka-silent",
    holds: ({ facts }) => !facts.results.kafka_api.ok,
    sentence: ({ target, facts }) =>
      `${target.name}: HTTP answers and the Kafka port is open, but the Kafka request failed: ` +
      `${target.kafka} ${facts.results.kafka_api.says}.`,
    notes: () => [
      "If the server expects TLS on this port, a plain request is closed or unanswered and its log says `TLS handshake failed`; clients with TLS may be fine.",
    ],
  },
  {
    state: "unhealthy",
    holds: ({ facts }) => facts.checks.some((check) => !check.ok),
    sentence: ({ target, facts }) =>
      `${target.name} reports itself unhealthy: ` +
      `${facts.checks
        .filter((check) => !check.ok)
        .map(failedCheckText)
        .join("; ")}.`,
    notes: unhealthyNotes,
  },
  {
    state: "partial",
    holds: ({ facts }) => failures(facts).length > 0,
    sentence: ({ target, facts }) =>
      `${target.name} is up and passes its health checks, but ` +
      `${failures(facts)
        .map((each) => `${PROBE_NAMES[each.probe]} ${each.says}`)
        .join("; ")}.`,
  },
  {
    state: "slow",
    holds: ({ facts }) => slowest(facts).ms > SLOW_MS,
    sentence: ({ target, facts }) =>
      `${target.name} is up and passes its health checks, but is slow: ` +
      `${PROBE_NAMES[slowest(facts).probe]} took ${spanText(slowest(facts).ms / 1000)}.`,
  },
];

const HEALTHY: HealthRule = {
  state: "healthy",
  holds: () => true,
  sentence: ({ target, facts }) =>
    `${target.name} is healthy: HTTP and Kafka answer and its checks pass` +
    `${facts.info === undefined ? "" : `; up ${spanText(facts.info.uptimeSeconds)}`}.`,
};

/** The protocol that was found at the address of a probe instead of its own. */
function spokenAt({ results }: PollFacts, probe: "health" | "kafka_api"): string | undefined {
  return /^speaks-(.+)$/.exec(results[probe].reason ?? "")?.[1];
}

function isKafkaElsewhere(facts: PollFacts): boolean {
  return spokenAt(facts, "kafka_api") !== undefined;
}

function areSwapped(facts: PollFacts): boolean {
  return spokenAt(facts, "health") === "kafka" && spokenAt(facts, "kafka_api") === "http";
}

function wrongAddressSentence({ target, facts }: Case): string {
  if (areSwapped(facts)) {
    return `${target.name}: its two addresses are swapped: ${target.http} (HTTP) is a Kafka port, and ${target.kafka} (Kafka) an HTTP port.`;
  }
  const { health, kafka_api: kafka } = facts.results;
  const http = `${target.http} (HTTP) ${health.ok ? "answers" : health.says}`;
  return `${target.name}: ${http}; ${target.kafka} (Kafka) ${kafka.ok ? "answers" : kafka.says}.`;
}

function wrongAddressNotes({ facts }: Case): readonly string[] {
  return areSwapped(facts)
    ? [
        "Swap them: `http` and `kafka` of the target in the configuration; in a terminal `--target` and `--kafka`.",
      ]
    : ["Correct the address first: as long as it is wrong, the server itself cannot be judged."];
}

function downSentence({ target, facts, poll }: Case): string {
  const { http, kafka_api: kafka } = facts.results;
  const failure = poll.health.kind === "answered" ? http.says : failureText(poll.health);
  const other = failure === kafka.says ? "likewise" : kafka.says;
  return `${target.name} is down: ${target.http} (HTTP) ${failure}; ${target.kafka} (Kafka) ${other}.`;
}

const DOWN_NOTES: Readonly<Partial<Record<PortReply["kind"], string>>> = {
  refused:
    "The host answers, but no server listens: it stopped, or it is still starting, since both ports open only after recovery and WAL replay. Check the process, and search its log for `Streamline failed to start:`.",
  timeout: "No answer at all: the host is down, or a firewall drops what the bot sends.",
  unresolved: "Check the target's addresses in the bot's configuration, and the bot's DNS.",
  unreachable: "Check the network between the bot and the host.",
};

function downNotes({ poll }: Case): readonly string[] {
  const note = DOWN_NOTES[poll.http.kind];
  return note === undefined ? [] : [note];
}

/** streamline-facts 0 row 1, 1.1 and 7.1. */
function httpDownNotes({ poll }: Case): readonly string[] {
  if (poll.http.kind !== "refused") {
    return ["Kafka on the same target works, so check for a firewall or a wrong HTTP address."];
  }
  return [
    "Health, metrics and lag cannot be read until HTTP is back; the data path does not need it.",
    "In v0.2.0 and v0.3.0 the HTTP server ends at every start because two of its routes clash: search stderr for `Overlapping method route. Handler for`. A build without the clash is the only remedy.",
    "Otherwise its port was taken at the start: search the log for `HTTP port` and `is already in use`. The server goes on without HTTP in both cases.",
  ];
}

/** streamline-facts 1.2: the only two checks there are, and what they look at. */
function unhealthyNotes({ facts }: Case): readonly string[] {
  const isGone = facts.checks.some((check) => check.name === "data_directory" && !check.ok);
  if (!isGone) return [];
  const path =
    facts.info === undefined ? "The data directory" : `The data directory ${facts.info.dataDir}`;
  return [
    `${path} does not exist any more: a lost mount, or it was moved or deleted. The check tests nothing else: neither free space nor permissions.`,
    "Producers may see OFFSET_OUT_OF_RANGE: that is how this server answers any append that fails.",
  ];
}

function versionNotes(facts: PollFacts): readonly string[] {
  const notes: string[] = [];
  // Cargo.toml was not raised for the tag v0.3.0 (streamline-facts, head).
  if (facts.version === "0.2.0") notes.push("It reports version 0.2.0; v0.3.0 reports the same.");
  if (facts.isStreamline && !facts.hasVersionHeader) {
    notes.push("Its answers lack the header X-Streamline-Version: a proxy may stand in between.");
  }
  return notes;
}

function isForeign({ isStreamline, health }: PollFacts): boolean {
  return !isStreamline && (health.kind === "foreign" || health.kind === "not-http");
}

function waited(poll: HealthPoll): number {
  return poll.health.kind === "timeout" ? poll.health.afterMs : poll.health.ms;
}

function kafkaWord(facts: PollFacts): string {
  return facts.results.kafka_api.ok ? "answers" : "does not answer either";
}

function failures(facts: PollFacts): ProbeResult[] {
  return PROBES.map((probe) => facts.results[probe]).filter((result) => !result.ok);
}

function slowest(facts: PollFacts): ProbeResult {
  return PROBES.map((probe) => facts.results[probe]).reduce((a, b) => (b.ms > a.ms ? b : a));
}
