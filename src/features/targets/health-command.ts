/** `health [TARGET]`: what the server says now. */

import { judgeHealth } from "../../diagnosis/health/health-report.ts";
import type { Target } from "../../diagnosis/target.ts";
import { askedTarget, type CommandRow } from "../commands/command-row.ts";
import { type KnownNames, SPOKEN_PARTS, type SpokenForm, spoken } from "../commands/plain-words.ts";
import type { FoundOn } from "../shared/found-state.ts";
import type { TargetObservations, TargetSource } from "../shared/sources.ts";
import { type HealthNow, renderHealthNow } from "./render-health.ts";

export interface HealthPorts {
  readonly poll: Pick<TargetSource, "health" | "counts">;
  readonly memory: Pick<TargetObservations, "judgedRules">;
  /** Unset where no history is kept. */
  readonly found?: FoundOn;
}

/** Concludes the report of a poll that is made for it. */
export function healthCommand(ports: HealthPorts): CommandRow<object, HealthNow> {
  return {
    name: "health",
    also: ["status"],
    usage: "health [TARGET]",
    about: "what the server says now: HTTP, Kafka, health checks, version, metrics",
    group: "Now",
    right: "ask",
    target: "one",
    reads: { kind: "names", names: ["target"] },
    parse: () => ({ kind: "options", options: {} }),
    spoken: FORMS,
    run: (_, asking) => healthOf(ports, askedTarget(asking)),
    render: renderHealthNow,
  };
}

/** A target's health now, with the alert rules that hold. */
export async function healthOf(ports: HealthPorts, target: Target): Promise<HealthNow> {
  const { poll, memory } = ports;
  const report = judgeHealth(target, await poll.health(target));
  const { held: rules, passedOver } = await memory.judgedRules(target);
  const found = ports.found?.(target);
  return {
    report,
    rules,
    passedOver,
    cost: poll.counts(target),
    ...(found === undefined ? {} : { found }),
  };
}

const OK = "(?:ok|okay|up|down|healthy|unhealthy|alive|fine|reachable|working|running|dead)";
const { name: NAME, whole: WHOLE } = SPOKEN_PARTS;

const FORMS: readonly SpokenForm[] = [
  spoken(
    `(?:is|are) (?:${WHOLE}) (?:all )?(?:still )?${OK}|how (?:is|are) (?:${WHOLE})(?: doing)?`,
    () => "health",
  ),
  spoken(
    `(?:is|are) (?:the )?${NAME} (?:still )?${OK}|how is ${NAME.replace("name", "other")}(?: doing)?`,
    ofTarget,
  ),
  spoken(
    `(?:what is the |show me the |show )?(?:health|status|state) of (?:the )?${NAME}`,
    ofTarget,
  ),
];

function ofTarget(
  { name, other }: Readonly<Record<string, string>>,
  known: KnownNames,
): string | undefined {
  const target = name || other || "";
  return known.isTarget(target) ? `health ${target}` : undefined;
}
