/** Who is on duty, for a terminal: the configuration's calendars, read when a command asks. */

import type { ScheduleConfig } from "../../config/config.ts";
import { followSchedules } from "../../features/duty/follow-schedules.ts";
import type { Log } from "../../features/shared/ports.ts";
import type { Calendars } from "../calendars/calendars.ts";
import { clock } from "../clock.ts";
import { readConfigFile } from "./read-config.ts";
import type { TerminalPorts } from "./terminal-rows.ts";
import { readSecretFile } from "./terminal-streams.ts";
import type { TerminalWords } from "./terminal-words.ts";

interface TerminalDuty {
  readonly schedules: TerminalPorts["schedules"];
  close(): Promise<void>;
}

/** The schedules of the configuration, or why they are not known. */
export type SchedulesRead = () => Promise<readonly ScheduleConfig[] | string>;

/** Nothing is read before `schedules` are asked for. */
export function terminalDuty(configured: SchedulesRead, log: Log): TerminalDuty {
  let calendars: Calendars | undefined;
  let known: Pick<TerminalPorts["schedules"], "names" | "states"> | undefined;
  return {
    schedules: {
      get names() {
        return known?.names ?? [];
      },
      states: () => known?.states() ?? [],
      async readNow() {
        const schedules = await configured();
        if (typeof schedules === "string") throw new Error(schedules);
        const { createCalendars } = await import("../calendars/calendars.ts");
        calendars ??= createCalendars();
        const following = followSchedules({ schedules, read: calendars.read, clock, log });
        await following.readNow();
        known = following;
      },
    },
    async close() {
      await calendars?.close();
    },
  };
}

/** The schedules of the named configuration, or a sentence why there are none. */
export async function schedulesOf({
  config,
}: Pick<TerminalWords, "config">): Promise<readonly ScheduleConfig[] | string> {
  const { file, yaml } = await readConfigFile({ named: config, env: process.env });
  if (yaml === undefined) {
    return `there is no ${file} here: name the bot's configuration with --config FILE`;
  }
  const [{ scheduleCalendars }, { resolveSecretFiles }] = await Promise.all([
    import("../../config/parse-config.ts"),
    import("../../config/secret-files.ts"),
  ]);
  const { env } = resolveSecretFiles(process.env, readSecretFile);
  return (
    scheduleCalendars(yaml, env) ??
    `${file} is not valid: streamline-bot config check says what is wrong`
  );
}
