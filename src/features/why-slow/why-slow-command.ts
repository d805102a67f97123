/** `why-slow [TARGET] [topic:NAME] [group:NAME] [last:6h]`, or `why-slow replay:ID`. */

import type { Target } from "../../diagnosis/target.ts";
import { askedTarget, type CommandRow, type CommandWords } from "../commands/command-row.ts";
import {
  asName,
  type KnownNames,
  SPOKEN_PARTS,
  type SpokenForm,
  spoken,
} from "../commands/plain-words.ts";
import type { Person } from "../shared/interactions.ts";
import type { Permission } from "../shared/permission.ts";
import type { WhySlowOptions } from "./ask-of-target.ts";
import { lastOfWords, PAST_TIME } from "./past-time.ts";
import { renderWhySlow, type WhySlowAnswer } from "./render-why-slow.ts";
import type { WhySlow } from "./why-slow.ts";

export type WhySlowRequest =
  | ({ readonly kind: "diagnose" } & WhySlowOptions)
  | { readonly kind: "replay"; readonly id: string };

interface WhySlowCommandPorts {
  readonly whySlow: Pick<WhySlow, "conclude" | "replay">;
  readonly targets: readonly Target[];
  readonly permission: Pick<Permission, "refusal">;
}

/** Concludes a diagnosis, or why a replay cannot be shown. */
export function whySlowCommand(
  ports: WhySlowCommandPorts,
): CommandRow<WhySlowRequest, WhySlowAnswer> {
  return {
    name: "why-slow",
    also: ["whyslow", "why_slow"],
    usage: "why-slow [TARGET] [topic:NAME] [group:NAME] [last:6h], or why-slow replay:ID",
    about:
      "ranked causes with their proof, from the last hour of the server's own metrics; for longer, from its Prometheus",
    group: "Now",
    right: "ask",
    target: "one",
    needsTarget: ({ kind }) => kind === "diagnose",
    cost: "costly",
    reads: { kind: "names", names: ["target"] },
    options: ["topic", "group", "last", "replay"],
    isNeverSentence: true,
    parse: (words) => ({ kind: "options", options: requestOf(words) }),
    spoken: FORMS,
    run: (request, asking) =>
      request.kind === "replay"
        ? replayFor(ports, request.id, asking.person)
        : ports.whySlow.conclude(
            askedTarget(asking),
            { ...request, by: asking.person.user },
            asking.progress,
          ),
    render: renderWhySlow,
  };
}

/** Whoever may not ask a server from where they are is shown no earlier answer of it either. */
async function replayFor(
  { whySlow, targets, permission }: WhySlowCommandPorts,
  id: string,
  person: Person,
): Promise<WhySlowAnswer> {
  const answer = await whySlow.replay(id);
  if (answer.kind === "no-replay") return answer;
  const target = targets.find(({ name }) => name === answer.found.target.name);
  const refused =
    target === undefined ? undefined : await permission.refusal(person, "ask", target);
  return refused === undefined ? answer : { kind: "no-replay", id, reason: ELSEWHERE };
}

const ELSEWHERE = "its server is asked in other channels only (targets[].channels)";

function requestOf({ values: { topic, group, last, replay } }: CommandWords): WhySlowRequest {
  if (replay !== undefined) return { kind: "replay", id: replay };
  return {
    kind: "diagnose",
    ...(topic === undefined ? {} : { topic }),
    ...(group === undefined ? {} : { group }),
    ...(last === undefined ? {} : { windowMs: last }),
  };
}

const SLOW = "(?:so |being |that |very )?(?:slow|laggy|sluggish)";

const FORMS: readonly SpokenForm[] = [
  spoken(`(?:why was (?:${SPOKEN_PARTS.whole}) ${SLOW}|what was slow) ${PAST_TIME}`, (words) => {
    const last = lastOfWords(words);
    return last === undefined ? undefined : `why-slow last:${last}`;
  }),
  spoken(
    `why (?:is|are) (?:${SPOKEN_PARTS.whole}) ${SLOW}|why (?:so )?slow|what is slow|(?:is|are) (?:${SPOKEN_PARTS.whole}) ${SLOW}`,
    () => "why-slow",
  ),
  spoken(
    `what (?:is|could be) (?:wrong|the (?:matter|problem|trouble)) (?:with|on|at) (?:${SPOKEN_PARTS.whole})`,
    () => "why-slow",
  ),
  spoken(
    `what (?:is|could be) (?:wrong|the (?:matter|problem|trouble)) (?:with|on|at) (?:the )?(?:(?<kind>topic|group|consumer group) )?${SPOKEN_PARTS.name}`,
    whySlowName,
  ),
  spoken(`why slow (?:on |at |in )?${SPOKEN_PARTS.name}`, whySlowName),
  spoken(`what (?:is |)(?:makes|making) (?:${SPOKEN_PARTS.whole}) slow`, () => "why-slow"),
  spoken(
    `(?:why )?(?:is|are) (?:the )?(?<kind>topic|group|consumer group|consumer) ${SPOKEN_PARTS.name} ${SLOW}`,
    whySlowKind,
  ),
  spoken(
    `why (?:is|are) (?:the )?(?<kind>topic|group|consumer group|consumer) ${SPOKEN_PARTS.name} (?:behind|lagging)`,
    whySlowKind,
  ),
  spoken(
    `(?:why )?(?:is|are) (?:the )?${SPOKEN_PARTS.name}(?<kind> topic| group| consumer group)? ${SLOW}`,
    whySlowName,
  ),
  spoken(
    `what (?:is |)(?:makes|making) ${SPOKEN_PARTS.name} slow|what (?:is slowing|slows) (?<other>[^\\s{}]+)(?: down)?`,
    ({ name, other }, known) => whySlowName({ name: name || other || "" }, known),
  ),
];

function whySlowKind({ kind = "", name }: Readonly<Record<string, string>>): string | undefined {
  const own = asName(name);
  if (own === undefined) return undefined;
  return /topic/i.test(kind) ? `why-slow topic:${own}` : `why-slow group:${own}`;
}

/** A bare name must be one that is known: "why are producers slow" is a question for the runbooks. */
function whySlowName(
  { name = "", kind = "" }: Readonly<Record<string, string>>,
  known: KnownNames,
): string | undefined {
  if (/topic/i.test(kind)) return `why-slow topic:${name}`;
  if (/group/i.test(kind)) return `why-slow group:${name}`;
  if (known.isTarget(name)) return `why-slow ${name}`;
  if (known.isTopic(name)) return `why-slow topic:${name}`;
  return known.isGroup(name) ? `why-slow group:${name}` : undefined;
}
