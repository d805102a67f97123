/**
 * What people asked of the bot because of an incident, kept for its timeline: commands in its thread and
 * on the buttons of its message. What somebody asks elsewhere, by a slash command or in a direct message,
 * is theirs, and is not kept.
 */

import { line } from "../../block-kit/text.ts";
import { ASKED } from "../../incidents/change.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { Person } from "../shared/interactions.ts";
import type { Clock, Log } from "../shared/ports.ts";
import type { AuditLog } from "../silences/ports.ts";

interface AskedCommand {
  readonly incident: Pick<Incident, "id" | "channel">;
  readonly person: Person;
  /** As it is typed, without the bot's name. */
  readonly command: string;
  /** The message in which it was typed, by Slack's timestamp. */
  readonly ts?: string;
}

export interface AskedCommands {
  /** Returns at once: an answer does not wait for it. */
  note(asked: AskedCommand): void;
}

const LONGEST = 300;

/** What cannot be written down is logged: nobody's answer waits for it. */
export function rememberAsked({
  audit,
  clock,
  log,
}: {
  readonly audit: AuditLog;
  readonly clock: Pick<Clock, "now">;
  readonly log: Pick<Log, "warn">;
}): AskedCommands {
  return {
    note({ incident, person, command, ts }) {
      if (person.via !== undefined || person.channel !== incident.channel) return;
      const detail = { command: line(command, LONGEST), ...(ts === undefined ? {} : { ts }) };
      const entry = { who: person.user, action: ASKED, incidentId: incident.id, detail };
      audit.record(entry, clock.now()).catch((error: unknown) => {
        log.warn({ err: error, incident: incident.id }, "what was asked could not be kept");
      });
    },
  };
}
