/** The thread that reads one calendar: what others wrote may take long, and the reader is large. */

import { parentPort, workerData } from "node:worker_threads";
import { type CalendarText, calendarShifts } from "./calendar-shifts.ts";
import type { ShiftsRead } from "./calendars.ts";

function read(calendar: CalendarText): ShiftsRead {
  try {
    return { kind: "shifts", shifts: calendarShifts(calendar) };
  } catch (error) {
    return { kind: "failed", reason: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.postMessage(read(workerData as CalendarText));
