/** The options of all commands, `key:value`: what each is called, what it takes, how it is read. */

import { parseDuration } from "../../promql/duration.ts";

/** What a person gave, by option or by the place of a bare word. */
export interface OptionValues {
  readonly target?: string;
  readonly topic?: string;
  readonly group?: string;
  /** Milliseconds, more than 0. */
  readonly last?: number;
  /** How long something is to hold, as Prometheus writes it, such as "2h". */
  readonly for?: string;
  /** From 1. */
  readonly page?: number;
  /** The id of an answer. */
  readonly replay?: string;
  readonly severity?: string;
  readonly alert?: string;
  /** An incident's id, or the name of one of its alerts. */
  readonly incident?: string;
  readonly pattern?: string;
  /** Which of the open incidents: firing, silenced, acknowledged. */
  readonly state?: string;
  /** Ends a subscription. */
  readonly off?: string;
}

export type OptionKey = keyof OptionValues;

/** A value that is read, or why it cannot be, with an example. */
type ReadValue = { readonly value: string | number } | { readonly problem: string };

/** Longer than any name; what is longer was pasted by mistake. */
const LONGEST_VALUE = 250;
const MOST_PAGES = 10_000;
/** Ids are the beginning of a hash in hexadecimal digits. */
const REPLAY_ID = /^[0-9a-f]{6,64}$/;

/** What stands behind the colon of an option, as the kind of value that the option takes. */
export function readValue(key: OptionKey, text: string): ReadValue {
  if (text === "") return { problem: `\`${key}:\` needs a value (example: ${EXAMPLES[key]})` };
  if (text.length > LONGEST_VALUE) {
    return { problem: `\`${key}:\` has a value longer than ${LONGEST_VALUE} characters` };
  }
  if (key === "last" || key === "for") return readDuration(key, text);
  if (key === "page") return readPage(text);
  if (key === "replay") return readReplayId(text);
  return { value: text };
}

function readReplayId(text: string): ReadValue {
  const id = text.toLowerCase().replace(/^#/, "");
  return REPLAY_ID.test(id)
    ? { value: id }
    : { problem: `replay:${text} is not the id of an answer (example: ${EXAMPLES.replay})` };
}

/** "6hours" and "90min" are "6h" and "90m". */
function shortDuration(text: string): string {
  return text
    .toLowerCase()
    .replace(
      /(\d)(?:(w)eeks?|(d)ays?|(h)(?:ou)?rs?|(m)in(?:ute)?s?|(s)ec(?:ond)?s?)(?=\d|$)/g,
      "$1$2$3$4$5$6",
    );
}

/** A word that is a length of time and nothing else, such as "6h". */
export function isDuration(word: string): boolean {
  return (parseDuration(shortDuration(word)) ?? 0) > 0;
}

function readDuration(key: "last" | "for", text: string): ReadValue {
  const short = shortDuration(text);
  const ms = parseDuration(short);
  if (ms === undefined || ms === 0) {
    return { problem: `${key}:${text} is not a valid duration (example: ${EXAMPLES[key]})` };
  }
  return { value: key === "for" ? short : ms };
}

function readPage(text: string): ReadValue {
  const page = Number(text);
  return Number.isInteger(page) && page >= 1 && page <= MOST_PAGES
    ? { value: page }
    : { problem: `page:${text} is not a page number (example: ${EXAMPLES.page})` };
}

const EXAMPLES: Readonly<Record<OptionKey, string>> = {
  target: "target:orders-prod",
  topic: "topic:orders",
  group: "group:billing",
  last: "last:30m",
  for: "for:2h",
  page: "page:2",
  replay: "replay:0ab12f",
  severity: "severity:critical",
  alert: "alert:StreamlineDown",
  incident: "incident:StreamlineDown",
  pattern: "pattern:orders*",
  state: "state:firing",
  off: "off",
};

/** All there are. */
export const OPTION_KEYS: ReadonlySet<string> = new Set(Object.keys(EXAMPLES));
