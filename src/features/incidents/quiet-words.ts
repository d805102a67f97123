/** Why nobody hears of an alert that fires, in words. */

import { escaped, line, listed } from "../../block-kit/text.ts";
import { moment } from "../../block-kit/times.ts";
import type { HeldSilence, Quiet } from "../../incidents/incident.ts";

/** A person's name as Slack shows it; in a reply it calls nobody who wrote it last. */
export function person(id: string): string {
  return /^[UW][A-Z0-9]+$/.test(id) ? `<@${id}>` : escaped(line(id, 40), 40);
}

/** Silences, alerts or time intervals named; more are counted. */
const NAMED = 3;

const WORDS = { silenced: "SILENCED", inhibited: "INHIBITED", muted: "MUTED" } as const;

/** In place of the severity in a title. */
export function quietWord({ kind }: Quiet): string {
  return WORDS[kind];
}

/** "silenced until … by … (comment)", in mrkdwn. */
export function quietText(quiet: Quiet): string {
  switch (quiet.kind) {
    case "silenced":
      return listed(quiet.silences, { most: NAMED, textOf: silenceText });
    case "inhibited":
      return `inhibited by ${listed(quiet.by, { most: NAMED, textOf: (each) => escaped(line(each, 120)) })}`;
    case "muted":
      return `muted by the time interval ${listed(quiet.by, { most: NAMED, textOf: (each) => escaped(line(each, 60)) })}`;
  }
}

function silenceText({ by, until, comment }: HeldSilence): string {
  const why = comment === "" ? "" : ` (${escaped(line(comment, 120))})`;
  const who = by === "" ? "" : ` by ${person(by)}`;
  return `silenced until ${moment(until)}${who}${why}`;
}
