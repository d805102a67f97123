/** Reads the calendars of schedules, from files or addresses. */

import { once } from "node:events";
import { readFile, stat } from "node:fs/promises";
import { Worker } from "node:worker_threads";
import type { ScheduleConfig } from "../../config/config.ts";
import type { CalendarReader } from "../../features/duty/follow-schedules.ts";
import type { Shift } from "../../incidents/schedule.ts";
import { createBoundedClient } from "../http-client/bounded-request.ts";
import type { CalendarText } from "./calendar-shifts.ts";

export type ShiftsRead =
  | { readonly kind: "shifts"; readonly shifts: readonly Shift[] }
  | { readonly kind: "failed"; readonly reason: string };

/** Years of a busy schedule take one megabyte. */
const MOST_BYTES = 5 * 1024 * 1024;
const FETCH_MS = 10_000;
/** Of a calendar of that size, some ten times over. */
const READ_MS = 20_000;
const MEMORY_MB = 256;

interface CalendarsOptions {
  /** How long one calendar may take to be read, in milliseconds; for tests. */
  readonly readMs?: number;
}

export interface Calendars {
  readonly read: CalendarReader;
  close(): Promise<void>;
}

/**
 * `readMs` is what one calendar may take. `read` throws a sentence that says why a calendar cannot be
 * read.
 */
export function createCalendars({ readMs = READ_MS }: CalendarsOptions = {}): Calendars {
  const client = createBoundedClient({ timeoutMs: FETCH_MS });
  const fetched = async (address: string): Promise<string> => {
    const chunks: Uint8Array[] = [];
    let status = 0;
    const result = await client.request(new URL(address.replace(/^webcal:/i, "https:")), {
      method: "GET",
      limitBytes: MOST_BYTES,
      onHead: (head) => {
        status = head.status;
        return (chunk) => chunks.push(chunk);
      },
    });
    if (result.kind === "too-large") throw new Error(TOO_LARGE);
    if (result.kind !== "answered") throw new Error(`its address does not answer (${result.kind})`);
    if (status !== 200) throw new Error(`its address answers with status ${status}`);
    return Buffer.concat(chunks).toString("utf8");
  };
  return {
    async read({ calendar, people }: ScheduleConfig, span) {
      const isAddress = /^(https?|webcal):/i.test(calendar);
      const text = await (isAddress ? fetched(calendar) : textOfFile(calendar));
      const result = await inThread({ text, people, ...span }, readMs);
      if (result.kind === "failed") throw new Error(result.reason);
      return result.shifts;
    },
    close: () => client.close(),
  };
}

const TOO_LARGE = "it is larger than 5 MiB";

/** The error names no address: it may be a secret. */
async function textOfFile(path: string): Promise<string> {
  const { size } = await stat(path);
  if (size > MOST_BYTES) throw new Error(TOO_LARGE);
  return readFile(path, "utf8");
}

/** Read again every few minutes, so no thread is kept for it. */
async function inThread(calendar: CalendarText, readMs: number): Promise<ShiftsRead> {
  const worker = new Worker(new URL("./calendar-thread.ts", import.meta.url), {
    workerData: calendar,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  const signal = AbortSignal.timeout(readMs);
  try {
    const [answer] = (await once(worker, "message", { signal })) as [ShiftsRead];
    return answer;
  } catch (error) {
    const reason = signal.aborted
      ? "it takes too long to read"
      : `it cannot be read: ${String(error)}`;
    return { kind: "failed", reason };
  } finally {
    await worker.terminate();
  }
}
