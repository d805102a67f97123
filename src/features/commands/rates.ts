/** How many commands a person may run, so that one person cannot take all the time of the bot. */

import { MINUTE_MS } from "../../promql/duration.ts";

/** A bucket fills evenly over a minute; a person who has been quiet may run all of it at once. */
const MOST = { usual: 30, costly: 8 } as const;
/** People remembered; the one who was quiet longest is forgotten, which costs nobody anything. */
const MOST_PEOPLE = 5_000;

export type CommandCost = "usual" | "costly";

export interface CommandRates {
  /** Milliseconds to wait until the person may run such a command; undefined when they may now. */
  take(user: string, cost: CommandCost): number | undefined;
}

interface Allowance {
  left: number;
  at: number;
}

/** A costly command counts as a usual one, too. */
export function createRates(now: () => number): CommandRates {
  const people = new Map<string, Record<CommandCost, Allowance>>();
  const of = (user: string): Record<CommandCost, Allowance> => {
    const known = people.get(user) ?? {
      usual: { left: MOST.usual, at: now() },
      costly: { left: MOST.costly, at: now() },
    };
    people.delete(user);
    people.set(user, known);
    const [oldest] = people.keys();
    if (people.size > MOST_PEOPLE && oldest !== undefined) people.delete(oldest);
    return known;
  };
  return {
    take(user, cost) {
      const buckets = of(user);
      const wanted = cost === "costly" ? (["usual", "costly"] as const) : (["usual"] as const);
      const waits = wanted.map((kind) => filled(buckets[kind], MOST[kind], now()));
      const longest = Math.max(...waits);
      if (longest > 0) return longest;
      for (const kind of wanted) buckets[kind].left -= 1;
      return undefined;
    },
  };
}

/** Fills the bucket up to now; milliseconds until it holds one. */
function filled(bucket: Allowance, most: number, nowMs: number): number {
  const perMs = most / MINUTE_MS;
  bucket.left = Math.min(most, bucket.left + Math.max(0, nowMs - bucket.at) * perMs);
  bucket.at = nowMs;
  return bucket.left >= 1 ? 0 : Math.ceil((1 - bucket.left) / perMs);
}
