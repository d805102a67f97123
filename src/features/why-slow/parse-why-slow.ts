/** `why-slow [target] [topic:NAME] [group:NAME] [last:30m]`, or `why-slow replay:ID`. */

import { parseDuration } from "../../promql/duration.ts";

export type WhySlowRequest =
  | ({ readonly kind: "why-slow"; readonly target?: string } & WhySlowOptions)
  | { readonly kind: "replay"; readonly id: string }
  /** A word that cannot be understood, with what would be. */
  | { readonly kind: "not-understood"; readonly problem: string };

export interface WhySlowOptions {
  /** Only what concerns this topic or group. */
  readonly topic?: string;
  readonly group?: string;
  /** How far back to tell also what is over. */
  readonly windowMs?: number;
  /** More was asked for than is kept. */
  readonly isCut?: true;
}

export const WHY_SLOW_USAGE =
  "why-slow [TARGET] [topic:NAME] [group:NAME] [last:30m], or why-slow replay:ID";

/** The history holds an hour; what was asked beyond it cannot be answered. */
const LONGEST_MS = 3_600_000;
const REPLAY_ID = /^[0-9a-f]{6,64}$/;

/** Parses what follows the command's name; the order of the words does not matter. */
export function parseWhySlow(rest: string): WhySlowRequest {
  const words = rest.split(/\s+/).filter((word) => word !== "");
  const options: Record<string, string> = {};
  const names: string[] = [];
  for (const word of words) {
    const match = /^(topic|group|last|replay):(.*)$/i.exec(word);
    if (match === null) {
      names.push(word);
      continue;
    }
    const [, key = "", value = ""] = match;
    if (value === "") return notUnderstood(`${word} lacks its value`);
    options[key.toLowerCase()] = value;
  }
  if (names.length > 1) return notUnderstood(`${names.slice(1).join(" ")} after the target`);
  return toRequest(names[0], options);
}

function toRequest(
  target: string | undefined,
  options: Readonly<Record<string, string>>,
): WhySlowRequest {
  const { topic, group, last, replay } = options;
  if (replay !== undefined) {
    const id = replay.toLowerCase();
    return REPLAY_ID.test(id)
      ? { kind: "replay", id }
      : notUnderstood(`replay:${replay}, which is no id of an answer`);
  }
  const windowMs = last === undefined ? undefined : parseDuration(last);
  if (last !== undefined && (windowMs === undefined || windowMs === 0)) {
    return notUnderstood(`last:${last}, which is no duration like 30m`);
  }
  return {
    kind: "why-slow",
    ...(target === undefined ? {} : { target }),
    ...(topic === undefined ? {} : { topic }),
    ...(group === undefined ? {} : { group }),
    ...(windowMs === undefined ? {} : { windowMs: Math.min(windowMs, LONGEST_MS) }),
    ...(windowMs !== undefined && windowMs > LONGEST_MS ? { isCut: true } : {}),
  };
}

function notUnderstood(problem: string): WhySlowRequest {
  return { kind: "not-understood", problem };
}
