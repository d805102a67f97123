/** Random selectors, and what moves them in time. */

import type { Dice } from "./dice.ts";
import { newer } from "./two-writings.ts";

const FAMILIES = [
  "records_total",
  "records_total",
  "end_offset",
  "group_lag",
  "temperature",
  "odd",
  "odd",
  "tied",
  "tied",
  "constant",
  "topic_info",
  "flaky",
  "free_bytes",
  "probe_success",
  "latency_bucket",
  "twice_bucket",
  "request_seconds",
  "missing_metric",
];
export const LABELS = ["topic", "partition", "group", "kind", "room", "owner", "le", "missing"];
const CONDITIONS = [
  'topic="orders"',
  "topic!='orders'",
  'topic=~"or.*|audit"',
  "topic!~'a.*'",
  'partition=~"[01]"',
  'topic!=""',
  'topic=""',
  "missing=''",
  'kind=~"nan|inf|.*s.*"',
  'topic=~"(?i:ORDERS)"',
  "topic=~`\\w+s`",
  'topic=~"^orders$"',
  'topic=~"|orders"',
  'topic=~".+", topic!="audit"',
  'room=~"[ab]"',
  'city="Łódź"',
  'city=~"M.nchen|.*ź"',
  'city!~"\\\\p{L}+"',
  'topic="\\x6frders"',
  "topic='\\u006frd\\145rs'",
  'topic!="\\U0000006frders\\t"',
  "topic=~'or\\\\w{4}'",
  "topic=~`(?s)or.+`",
  newer("'topic'='orders'", "topic='orders'"),
  newer('"topic"=~`a.*`', "topic=~`a.*`"),
  'topic="orders", topic!=""',
];

/** A selector of instant vectors, in every writing of its name and conditions. */
export function selector(dice: Dice): string {
  const name = dice.pick(FAMILIES);
  if (dice.chance(45)) return name;
  const conditions = Array.from({ length: 1 + dice.below(2) }, () => dice.pick(CONDITIONS));
  const list = conditions.join(dice.pick([",", ", ", " , "])) + dice.pick(["", "", ","]);
  if (dice.chance(12)) return `{__name__=~"${name}|${dice.pick(FAMILIES)}",${list}}`;
  if (dice.chance(12)) return newer(`{"${name}", ${list}}`, `{__name__="${name}",${list}}`);
  return `${name}${dice.pick(["", "", " "])}{${list}}`;
}

const SHIFTS = [
  " offset 1m",
  " offset -2m",
  " offset 90s",
  " @ 1700001500",
  " @ start()",
  " @ end()",
  " @ end() offset 2m",
  " offset 7m @ 1700001800.5",
  " @ 1.7000015e9 offset -30s",
  " offset 1h30m",
  " offset -1d",
  " @ 0x6553f5dc",
  " @ -1",
  " @ 1700001500.0004",
];

/** An `offset`, an `@` or both, mostly neither. */
export function shift(dice: Dice): string {
  if (dice.chance(70)) return "";
  if (dice.chance(3)) return newer(" offset 0m", "");
  return dice.chance(8) ? newer(" offset 60", " offset 1m") : dice.pick(SHIFTS);
}

/** How far a range reaches back. */
export function duration(dice: Dice): string {
  const minutes = 1 + dice.below(20);
  if (dice.chance(6)) return newer(`${minutes * 60}`, `${minutes}m`);
  return dice.pick([
    `${minutes}m`,
    `${minutes}m`,
    `${minutes * 60}s`,
    `${minutes}m30s`,
    "1h",
    "1h30m",
    "1d",
    "99999ms",
    "1h0m30s",
  ]);
}

/** An expression of a histogram's buckets. */
export function histogram(dice: Dice): string {
  const buckets = `${dice.pick(["latency_bucket", "twice_bucket"])}${dice.pick(["", '{le!="+Inf"}', "{le=~'1|1.0|.Inf'}"])}`;
  return dice.pick([
    buckets,
    `rate(${buckets}[5m])`,
    `sum by (le) (rate(${buckets}[10m]))`,
    `sum(increase(${buckets}[7m])) by (le, api)`,
    `sum without (api) (${buckets})`,
  ]);
}
