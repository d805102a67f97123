/**
 * A server's in-memory log, rebuilt from what was fetched of it, so that it can be asked in other
 * steps than it was recorded in. A new process begins a new ring, with ids from 1 on.
 */

import { z } from "zod";
import type { Reply } from "../../diagnosis/reply.ts";
import { parseJson } from "../../exposition/parse-json.ts";

export interface RecordedLog {
  /** Takes in what the log answered to a path like `/api/v1/logs?level=INFO&after=12`. */
  fetched(path: string, reply: Reply): void;
  /** What the log would answer to another such path. */
  answer(path: string): Reply;
}

const entry = z.looseObject({ id: z.number(), level: z.string() });
const body = z.looseObject({ entries: z.array(entry) });

type Entry = z.infer<typeof entry>;

/** The ring keeps so many (streamline-facts 1.3). */
const KEPT = 10_000;
const LEVELS = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR"];
const DEFAULT_LIMIT = 100;

/** An empty ring. Replies are added as they were fetched, and any path of the log can be asked. */
export function createRecordedLog(): RecordedLog {
  let entries: Entry[] = [];
  return {
    fetched(path, reply) {
      if (reply.kind !== "answered" || reply.status !== 200) return;
      const parsed = body.safeParse(parseJson(reply.body));
      if (!parsed.success) return;
      const isWhole = askedOf(path).afterId === 0;
      const known = isWhole ? -1 : (entries.at(-1)?.id ?? -1);
      if (isWhole) entries = [];
      entries.push(...parsed.data.entries.filter(({ id }) => id > known));
      entries = entries.slice(-KEPT);
    },
    answer(path) {
      const { afterId, level, limit } = askedOf(path);
      const wanted = entries.filter((each) => each.id > afterId && rankOf(each.level) >= level);
      const text = JSON.stringify({
        entries: wanted.slice(-limit),
        total: entries.length,
        latest_id: entries.at(-1)?.id ?? 0,
      });
      const headers = { "content-type": "application/json" };
      return { kind: "answered", status: 200, headers, body: text, ms: 1, bytes: text.length };
    },
  };
}

function askedOf(path: string): { afterId: number; level: number; limit: number } {
  const { searchParams } = new URL(path, "http://recorded");
  return {
    afterId: Number(searchParams.get("after") ?? 0),
    level: rankOf(searchParams.get("level") ?? "TRACE"),
    limit: Number(searchParams.get("limit") ?? DEFAULT_LIMIT),
  };
}

function rankOf(level: string): number {
  return LEVELS.indexOf(level.toUpperCase());
}
