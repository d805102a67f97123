/** One line of the doctor: what was checked, what is wrong with it, and how to correct it. */

export type SetupArea =
  | "Files"
  | "Store"
  | "Knowledge"
  | "Slack"
  | "Webhook"
  | "Alertmanager"
  | "Prometheus"
  | "Target"
  | "Schedule"
  | "Clock";

export interface SetupCheck {
  readonly area: SetupArea;
  /** Which of them: an address, a channel, a file. */
  readonly where: string;
  /** "note" keeps nothing from working; "not-checked" is known by nobody here. */
  readonly state: "ok" | "wrong" | "note" | "not-checked";
  readonly says: string;
  /** What to do, exactly; always there for what is wrong. */
  readonly remedy?: string;
}

type SetupPlace = Pick<SetupCheck, "area" | "where">;

/** A check that found nothing wrong. */
export function fine(place: SetupPlace, says: string): SetupCheck {
  return { ...place, state: "ok", says };
}

/** A check that makes the bot not ready. */
export function wrong(place: SetupPlace, says: string, remedy: string): SetupCheck {
  return { ...place, state: "wrong", says, remedy };
}

/** A check that found something to know, with which the bot is ready all the same. */
export function note(place: SetupPlace, says: string, remedy: string): SetupCheck {
  return { ...place, state: "note", says, remedy };
}

/** A check that could not be made, and why. */
export function unchecked(place: SetupPlace, says: string, remedy?: string): SetupCheck {
  return { ...place, state: "not-checked", says, ...(remedy === undefined ? {} : { remedy }) };
}

/** What stands on Home and in the log: one sentence for each that is wrong. */
export function setupSentence({ area, where, says, remedy }: SetupCheck): string {
  return `${area}, ${where}: ${says}.${remedy === undefined ? "" : ` ${remedy}.`}`;
}
