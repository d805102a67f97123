/**
 * A recorded server in the place of a real one: asked the same, it answers what it answered then.
 *
 * A path that was not asked in a poll is answered as it was last answered; the log is answered from
 * the server's ring, which is rebuilt from what was fetched of it.
 */

import type { Failure, MetricsReply, Reply } from "../../diagnosis/reply.ts";
import { createMetricsBody } from "../streamline/metrics-body.ts";
import type { TargetClient } from "../streamline/target-client.ts";
import { createRecordedLog } from "./recorded-log.ts";
import type { RecordedPoll } from "./recorded-poll.ts";

export interface RecordedServer {
  /** From now on it is as it was at this poll; polls come in the order of their times. */
  show(poll: RecordedPoll): void;
  readonly client: TargetClient;
}

const LOGS = "/api/v1/logs";
const METRICS = "/metrics";

/** Never asked: as a build without that endpoint. */
const ABSENT: Reply = { kind: "answered", status: 404, headers: {}, body: "", ms: 1, bytes: 0 };
/** Nothing was recorded yet. */
const NOTHING: Failure = { kind: "failed", ms: 0, detail: "nothing was recorded" };

/** Its `client` answers from the poll that was shown last, and all as absent before the first. */
export function createRecordedServer(): RecordedServer {
  const last = new Map<string, Reply>();
  const ring = createRecordedLog();
  let now: RecordedPoll | undefined;
  let logs: Reply = ABSENT;

  function show(poll: RecordedPoll): void {
    now = poll;
    for (const [path, reply] of poll.http) {
      if (isLogs(path)) {
        logs = reply;
        ring.fetched(path, reply);
      } else last.set(path, reply);
    }
  }

  function get(path: string): Reply {
    if (now === undefined) return NOTHING;
    if (isLogs(path))
      return logs.kind === "answered" && logs.status === 200 ? ring.answer(path) : logs;
    return now.http.get(path) ?? last.get(path) ?? last.get(decoded(path)) ?? ABSENT;
  }

  const client: TargetClient = {
    get: (_target, path) => Promise.resolve(get(path)),
    metrics: () => Promise.resolve(asMetrics(get(METRICS))),
    kafka: () => Promise.resolve(now?.kafka ?? { port: NOTHING, api: NOTHING }),
    httpPort: () => Promise.resolve(now?.httpPort ?? NOTHING),
    health: () =>
      Promise.resolve({
        atMs: now?.timeMs ?? 0,
        http: now?.httpPort ?? NOTHING,
        kafka: now?.kafka ?? { port: NOTHING, api: NOTHING },
        health: get("/health"),
        ready: get("/health/ready"),
        info: get("/info"),
        metrics: asMetrics(get(METRICS)),
      }),
    counts: () => ({ requests: 0, bytes: 0 }),
    close: () => Promise.resolve(),
  };
  return { show, client };
}

/** Reads a body as the real client does while it arrives. */
export function asMetrics(reply: Reply): MetricsReply {
  if (reply.kind !== "answered") return reply;
  const { body, ...head } = reply;
  const parsed = createMetricsBody();
  parsed.onHead(head)(Buffer.from(body));
  return parsed.reply(head);
}

function isLogs(path: string): boolean {
  return path === LOGS || path.startsWith(`${LOGS}?`);
}

/** Recorders differ in how they escape a name. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
