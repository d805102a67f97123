/** What every endpoint gets to see of the server. */
import type { Addresses } from "../answer.ts";
import type { Conditions } from "../conditions.ts";
import type { ServerState, Topic } from "../state.ts";
import { partitionBytes } from "../storage.ts";

/** What probes say when the data directory is not there. */
export const NO_DATA_DIRECTORY = "Data directory not accessible";

export interface EndpointView {
  readonly state: ServerState;
  readonly conditions: Conditions;
  readonly addresses: Addresses;
  readonly query: URLSearchParams;
  /** Values of the `:name` parts of the route, decoded. */
  readonly params: Readonly<Record<string, string>>;
}

/** The server's wall clock, in Unix milliseconds. */
export function wallClockMs({ state }: EndpointView): number {
  return Math.round(state.nowMs + state.clockOffsetMs);
}

/** Seconds since the server began, 0 while it is down. */
export function uptimeSeconds({ state }: EndpointView): number {
  return (state.nowMs - (state.bootMs ?? state.nowMs)) / 1000;
}

/** Whether the server finds its data directory: all that its probes look at. */
export function isDataDirectoryPresent({ conditions }: EndpointView): boolean {
  return conditions.dataDirectory === "present";
}

/** Messages are offsets that are left, bytes are segments (src/server/api.rs `compute_topic_totals`). */
export function topicTotals({ partitions }: Topic): { messages: number; bytes: number } {
  let messages = 0;
  let bytes = 0;
  for (const partition of partitions) {
    messages += Math.max(0, partition.endOffset - partition.startOffset);
    bytes += partitionBytes(partition);
  }
  return { messages, bytes };
}
