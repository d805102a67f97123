/** The fetch response cache and the wrong answers it gives to idle consumers. */
import type { Conditions } from "./conditions.ts";
import { logNormal, recordRequests } from "./requests.ts";
import { type ServerState, writeLog } from "./state.ts";

/** The share of stored answers during whose transfer the client hangs up. */
const BROKEN_SHARE = 0.01;
const SENDFILE_LINES = [
  "Sendfile failed mid-transfer - connection corrupted",
  "Closing connection due to sendfile failure",
];

/**
 * A consumer that polls the same offset twice within 60 s is sent the stored bytes of the first
 * answer, by sendfile (streamline-facts 0 row 12).
 */
export function recordStaleHits(state: ServerState, conditions: Conditions, seconds: number): void {
  const { enabled, staleHitsPerSecond } = conditions.responseCache;
  const hits = enabled ? state.random.count(staleHitsPerSecond * seconds) : 0;
  if (hits === 0) return;
  const { recorder } = state;
  recorder.add("streamline_zerocopy_response_cache_hits", "", hits);
  recorder.add("streamline_zerocopy_sendfile_responses_total", "", hits);
  recorder.add("streamline_zerocopy_sendfile_bytes_total", "", hits * 84);
  recordRequests(state, "fetch", {
    count: hits,
    seconds: logNormal(0.0004 * conditions.latencyFactor, 0.5),
    requestBytes: 128,
    responseBytes: 80,
  });
  breakConnections(state, state.random.count(hits * BROKEN_SHARE));
}

/** Clients that hang up on an alien answer break the transfer half-way (streamline-facts 7.3). */
function breakConnections(state: ServerState, count: number): void {
  if (count === 0) return;
  state.recorder.add("streamline_zerocopy_sendfile_connection_corrupted_total", "", count);
  for (let index = 0; index < count; index += 1) {
    for (const message of SENDFILE_LINES) {
      const target = "streamline::protocol::kafka::connection";
      writeLog(state, { level: "WARN", target, message });
    }
  }
}
