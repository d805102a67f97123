/** Loaded before the bot: shifts what it takes for the time by what a file says, read on SIGUSR2. */

import { readFileSync } from "node:fs";

const file = process.env["CHAOS_CLOCK_SHIFT"];
const RealDate = Date;
const realNow = Date.now.bind(Date);
let shiftMs = 0;

const read = (): void => {
  if (file !== undefined) shiftMs = Number(readFileSync(file, "utf8"));
};

class ShiftedDate extends RealDate {
  constructor(...given: [] | [value: number | string | Date]) {
    if (given.length === 0) super(realNow() + shiftMs);
    else super(...given);
  }
  static override now(): number {
    return realNow() + shiftMs;
  }
}

globalThis.Date = ShiftedDate as DateConstructor;
read();
process.on("SIGUSR2", read);
