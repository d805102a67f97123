/** The silences of the simulated Alertmanager, in memory. */

import { randomUUID } from "node:crypto";
import { z } from "zod";
import { hiding, type Silence, unfitness } from "../../alerts/silence.ts";
import type { Labels } from "../../exposition/sample.ts";

export interface SilenceBook {
  list(): readonly Silence[];
  find(id: string): Silence | undefined;
  /** Makes one, or changes the one with that id, as API v2 does. */
  put(body: unknown): Put;
  /** False for one that has ended already. */
  end(id: string): boolean;
  /** Ids of the silences that mute an alert with these labels. */
  mutedBy(labels: Labels): readonly string[];
}

type Put =
  | { readonly kind: "put"; readonly id: string }
  | { readonly kind: "unknown" }
  | { readonly kind: "refused"; readonly reason: string };

const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const bodySchema = z.object({
  id: z.string().default(""),
  matchers: z.array(
    z.object({
      name: z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, "invalid label name"),
      value: z.string(),
      isRegex: z.boolean(),
      isEqual: z.boolean().default(true),
    }),
  ),
  startsAt: time,
  endsAt: time,
  createdBy: z.string().min(1, "creator information missing"),
  comment: z.string().min(1, "comment missing"),
});

type BookedSilence = Omit<Silence, "state">;

/** An empty book; `now`, in milliseconds, tells which silences are pending, active or expired. */
export function createSilenceBook(now: () => number): SilenceBook {
  const kept = new Map<string, BookedSilence>();
  const withState = (silence: BookedSilence): Silence => ({
    ...silence,
    state: stateOf(silence, now()),
  });
  const end = (id: string): boolean => {
    const found = kept.get(id);
    if (found === undefined || stateOf(found, now()) === "expired") return false;
    kept.set(id, { ...found, endsAt: now() });
    return true;
  };
  return {
    list: () => [...kept.values()].map(withState),
    find(id) {
      const found = kept.get(id);
      return found === undefined ? undefined : withState(found);
    },
    put(body) {
      const parsed = bodySchema.safeParse(body);
      if (!parsed.success) {
        return { kind: "refused", reason: parsed.error.issues[0]?.message ?? "bad request" };
      }
      const { id: given, ...asked } = parsed.data;
      const reason = refusalOf(asked, now());
      if (reason !== undefined) return { kind: "refused", reason };
      const before = kept.get(given);
      if (given !== "" && before === undefined) return { kind: "unknown" };
      const isSame =
        before !== undefined && JSON.stringify(before.matchers) === JSON.stringify(asked.matchers);
      if (before !== undefined && !isSame) end(given);
      const id = isSame ? given : randomUUID();
      kept.set(id, { id, ...asked, startsAt: Math.max(asked.startsAt, now()) });
      return { kind: "put", id };
    },
    end,
    mutedBy: (labels) =>
      [...kept.values()]
        .filter((each) => stateOf(each, now()) === "active" && hiding(each.matchers)(labels))
        .map(({ id }) => id),
  };
}

function refusalOf(
  { matchers, startsAt, endsAt }: Omit<BookedSilence, "id">,
  now: number,
): string | undefined {
  if (endsAt <= now) return "end time can't be in the past";
  if (endsAt < startsAt) return "start time must be before end time";
  switch (unfitness(matchers)) {
    case "no-matchers":
      return "at least one matcher required";
    case "matches-nothing-set":
      return "at least one matcher must not match the empty string";
    case undefined:
      return undefined;
  }
}

function stateOf({ startsAt, endsAt }: BookedSilence, now: number): Silence["state"] {
  if (endsAt <= now) return "expired";
  return startsAt > now ? "pending" : "active";
}
