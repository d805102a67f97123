/**
 * How people ask in plain words -> the command that answers.
 *
 * Each form fits the whole sentence or not at all: what is not surely a command stays a search, for
 * which the words were written. Names of topics, groups and targets decide where words alone do not.
 */

import { STOP_WORDS } from "../../search/stop-words.ts";

/** What the bot knows by name at this moment. */
export interface KnownNames {
  isTarget(name: string): boolean;
  isTopic(name: string): boolean;
  isGroup(name: string): boolean;
}

export const NO_NAMES: KnownNames = {
  isTarget: () => false,
  isTopic: () => false,
  isGroup: () => false,
};

interface Form {
  readonly pattern: RegExp;
  /** Undefined when the words fit and the names do not. */
  readonly command: (
    words: Readonly<Record<string, string>>,
    known: KnownNames,
  ) => string | undefined;
}

/** Nobody asks for a command in more words than these. */
const LONGEST = 120;

/** The command that a sentence asks for; undefined for what must be searched. */
export function naturalForm(sentence: string, known: KnownNames): string | undefined {
  if (sentence.length > LONGEST) return undefined;
  const plain = plainSentence(sentence);
  for (const { pattern, command } of FORMS) {
    const groups = pattern.exec(plain)?.groups;
    const found = groups === undefined ? undefined : command(groups, known);
    if (found !== undefined) return found.trim();
  }
  return undefined;
}

/** Without greeting, courtesy, quotes and the mark at the end. */
function plainSentence(sentence: string): string {
  return sentence
    .replace(/[’‘]/g, "'")
    .replace(/["`“”„]/g, "")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[?!.,;:\s]+$/, "")
    .replace(/^(?:hey|hi|hello|ok|okay|so|and)[, ]+/i, "")
    .replace(/^(?:please|pls|(?:can|could|would) you(?: please)?|tell me|i want to know)[, ]+/i, "")
    .replace(/[, ]+(?:please|pls|right now|now|currently|at the moment|again)$/i, "")
    .replace(/^what's\b/i, "what is")
    .replace(/^who's\b/i, "who is")
    .replace(/^how's\b/i, "how is");
}

const NAME = "(?<name>[^\\s{}]+)";
const WHOLE =
  "(?:the |our |my )?(?:server|cluster|broker|streamline|everything|system)|it|this|that";

function form(source: string, command: Form["command"]): Form {
  // The empty group gives every match its groups.
  return { pattern: new RegExp(`^(?:${source})$(?<_>)`, "iu"), command };
}

/** A word that can be a name: "the" and "it" cannot. */
function asName(word = ""): string | undefined {
  return STOP_WORDS.has(word.toLowerCase()) ? undefined : word;
}

const SLOW = "(?:so |being |that |very )?(?:slow|laggy|sluggish)";

const WHY_SLOW: readonly Form[] = [
  form(
    `why (?:is|are) (?:${WHOLE}) ${SLOW}|why so slow|what is slow|(?:is|are) (?:${WHOLE}) ${SLOW}`,
    () => "why-slow",
  ),
  form(`what (?:is |)(?:makes|making) (?:${WHOLE}) slow`, () => "why-slow"),
  form(
    `(?:why )?(?:is|are) (?:the )?(?<kind>topic|group|consumer group|consumer) ${NAME} ${SLOW}`,
    whySlowKind,
  ),
  form(
    `why (?:is|are) (?:the )?(?<kind>topic|group|consumer group|consumer) ${NAME} (?:behind|lagging)`,
    whySlowKind,
  ),
  form(
    `(?:why )?(?:is|are) (?:the )?${NAME}(?<kind> topic| group| consumer group)? ${SLOW}`,
    whySlowName,
  ),
  form(
    `what (?:is |)(?:makes|making) ${NAME} slow|what (?:is slowing|slows) (?<other>[^\\s{}]+)(?: down)?`,
    ({ name, other }, known) => whySlowName({ name: name || other || "" }, known),
  ),
];

function whySlowKind({ kind = "", name }: Readonly<Record<string, string>>): string | undefined {
  const own = asName(name);
  if (own === undefined) return undefined;
  return /topic/i.test(kind) ? `why-slow topic:${own}` : `why-slow group:${own}`;
}

/** A bare name must be one that is known: "why are producers slow" is a question for the runbooks. */
function whySlowName(
  { name = "", kind = "" }: Readonly<Record<string, string>>,
  known: KnownNames,
): string | undefined {
  if (/topic/i.test(kind)) return `why-slow topic:${name}`;
  if (/group/i.test(kind)) return `why-slow group:${name}`;
  if (known.isTarget(name)) return `why-slow ${name}`;
  if (known.isTopic(name)) return `why-slow topic:${name}`;
  return known.isGroup(name) ? `why-slow group:${name}` : undefined;
}

const ON = "(?: (?:on|at|in|for|of) (?<target>[^\\s{}]+))?";
const STATE = "(?<state>firing|silenced|acknowledged|acked|open|active|current)";

const ALERTS: readonly Form[] = [
  form(
    `(?:what|which alerts?|which incidents?|what alerts?|what incidents?) (?:is|are) ${STATE}${ON}`,
    alerts,
  ),
  form(`(?:what is|is (?:anything|something)) (?:alerting|on fire|burning)${ON}`, alerts),
  form(
    `(?:is|are) (?:anything|something|there (?:any(?:thing)? )?(?:alerts?|incidents?)?) ?${STATE}${ON}`,
    alerts,
  ),
  form(`(?:are there )?any (?:open |active |firing )?(?:alerts|incidents)${ON}`, alerts),
  form(
    `(?:show|list|give)(?: me)?(?: all| the| all the| all of the)?(?: ${STATE})? (?:alerts|incidents)${ON}`,
    alerts,
  ),
  form(`(?:what|which) (?:alerts|incidents) (?:do we have|are there)${ON}`, alerts),
  form(
    "who (?:has|is on|works on|is working on) (?:what|which alerts?|which incidents?)",
    () => "alerts acknowledged",
  ),
];

/** "what is firing on orders" is about a target; another place is not known here. */
function alerts(
  { state = "", target }: Readonly<Record<string, string>>,
  known: KnownNames,
): string | undefined {
  if (target !== undefined && !known.isTarget(target)) return undefined;
  const own = state.toLowerCase();
  const shown = own.startsWith("ack") ? "acknowledged" : own === "silenced" ? "silenced" : "";
  return `alerts ${shown} ${target ?? ""}`.replace(/\s+/g, " ");
}

const GROUP = "(?:the )?(?:group |consumer group )?(?<name>[^\\s{}]+)(?: group| consumer group)?";

const LAG: readonly Form[] = [
  form(`how far (?:behind )?(?:is|are) ${GROUP}(?: behind)?`, lag),
  form(`how (?:much )?(?:lag|behind) (?:does|is|has) ${GROUP}(?: have| got)?`, lag),
  form(`(?:what is |show me |show )?(?:the )?(?:consumer )?lag (?:of|for) ${GROUP}`, lag),
  form(`(?:is|are) ${GROUP} (?:catching up|falling behind|lagging)`, lag),
  form(
    `(?:when|how long until) (?:does |will |do )?${GROUP} (?:catch up|catches up|be caught up)`,
    lag,
  ),
  form(
    "(?:which|what) (?:consumer )?groups? (?:is|are|have) (?:the most )?(?:behind|lagging|lag)|who is behind|what is lagging",
    () => "lag",
  ),
  form(
    "(?:list|show)(?: me)?(?: all)?(?: the)? consumer groups|(?:which|what) consumer groups (?:do we have|are there)",
    () => "lag",
  ),
];

/** "the follower" is no group of consumers. */
function lag({ name }: Readonly<Record<string, string>>, known: KnownNames): string | undefined {
  const own = asName(name);
  if (own === undefined) return undefined;
  if (known.isGroup(own)) return `lag ${own}`;
  return NO_GROUPS.has(own.toLowerCase()) ? undefined : `lag ${own}`;
}

const NO_GROUPS = new Set(
  "replica replicas follower followers leader broker brokers replication raft consumer consumers group groups partition partitions server cluster producer producers clock".split(
    " ",
  ),
);

const OK = "(?:ok|okay|up|down|healthy|unhealthy|alive|fine|reachable|working|running|dead)";

const HEALTH: readonly Form[] = [
  form(
    `(?:is|are) (?:${WHOLE}) (?:all )?(?:still )?${OK}|how (?:is|are) (?:${WHOLE})(?: doing)?`,
    () => "health",
  ),
  form(
    `(?:is|are) (?:the )?${NAME} (?:still )?${OK}|how is ${NAME.replace("name", "other")}(?: doing)?`,
    health,
  ),
  form(`(?:what is the |show me the |show )?(?:health|status|state) of (?:the )?${NAME}`, health),
];

function health(
  { name, other }: Readonly<Record<string, string>>,
  known: KnownNames,
): string | undefined {
  const target = name || other || "";
  return known.isTarget(target) ? `health ${target}` : undefined;
}

const SPAN =
  "(?: (?:over|in|for|of|during) the (?:last|past) (?<amount>\\d+ ?)?(?<span>s|sec(?:ond)?s?|m|min(?:ute)?s?|h|hours?|d|days?))?";

const CHART: readonly Form[] = [
  form(
    `(?:what is the|(?:show|chart|draw|plot|graph)(?: me)?(?: the| a chart of| a chart of the| a graph of)?) (?<what>[\\w :{}="/.*-]+?)${ON}${SPAN}`,
    chart,
  ),
];

/** The series behind the words people use; what is not among them is searched for. */
const SERIES: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:produce|producer|write) (?:request )?latency$/,
    'streamline_request_duration_seconds{api_key="produce"}',
  ],
  [
    /^(?:fetch|consume|consumer|read) (?:request )?latency$/,
    'streamline_request_duration_seconds{api_key="fetch"}',
  ],
  [/^(?:request )?latency$/, 'streamline_request_duration_seconds{api_key!=""}'],
  [/^(?:requests?|request rate|requests per second)$/, 'streamline_requests_total{api_key!=""}'],
  [/^(?:error rate|request errors|errors per second)$/, 'streamline_requests_total{error="true"}'],
  [
    /^(?:throughput|bytes in|produce rate|produce throughput|write throughput|incoming traffic)$/,
    "streamline_bytes_in_total",
  ],
  [
    /^(?:bytes out|read throughput|fetch throughput|consume rate|outgoing traffic)$/,
    "streamline_bytes_out_total",
  ],
  [
    /^(?:messages|records|messages|message rate|records per second|messages per second)$/,
    "streamline_records_total",
  ],
  [/^(?:connections|open connections|connection count)$/, "streamline_connections_active"],
  [/^(?:lag|consumer lag|group lag)$/, "group_lag"],
  [/^(?:memory|memory usage|memory use)$/, "server_memory_bytes"],
  [/^(?:disk|disk usage|disk use|data size|data directory)$/, "data_directory_bytes"],
  [/^(?:rebalances|rebalance rate)$/, "streamline_consumer_group_rebalances_total"],
];

/** "what is latency" asks for the word; "what is the latency" and "show me latency" for numbers. */
function chart(
  { what = "", target, amount, span }: Readonly<Record<string, string>>,
  known: KnownNames,
): string | undefined {
  if (target !== undefined && !known.isTarget(target)) return undefined;
  const lower = what.toLowerCase();
  const isMetric = /^(?:streamline|kafka|group|probe|server|process|bot)_\w+(?:\{[^}]*\})?$/.test(
    what,
  );
  const series = isMetric ? what : SERIES.find(([words]) => words.test(lower))?.[1];
  if (series === undefined) return undefined;
  const last = span === undefined ? "" : ` last:${(amount ?? "1").trim()}${unitOf(span)}`;
  return `chart ${series} ${target ?? ""}`.trimEnd() + last;
}

function unitOf(span: string): string {
  return (span[0] ?? "m").toLowerCase();
}

const TOPICS: readonly Form[] = [
  form(
    "(?:which|what) topics? (?:is|are) (?:the )?(?:largest|biggest)|(?:the )?(?:largest|biggest) topics?",
    () => "topics",
  ),
  form(
    "(?:(?:show|list)(?: me)?(?: all)?(?: the)?|which|what) topics(?: do we have| are there| exist)?",
    () => "topics",
  ),
  form("how many topics(?: are there| do we have)?", () => "topics"),
  form(`how (?:big|large) is (?:the )?(?:topic )?${NAME}(?: topic)?`, ({ name = "" }, known) =>
    known.isTopic(name) ? `topics ${name}` : undefined,
  ),
];

/** Alerts are written as one word of several: HighProduceLatency. */
const ALERT = "(?<name>[A-Za-z0-9_-]+)";

const HISTORY: readonly Form[] = [
  form(`how often (?:does|did|has|do|will) ${ALERT} (?:fire|fired|happen|happened)`, history),
  form(
    `has ${ALERT} (?:ever )?(?:fired|happened)(?: before| recently)?|did ${ALERT.replace("name", "other")} (?:fire|happen) (?:before|recently)`,
    history,
  ),
  form(
    `when did ${ALERT} last (?:fire|happen)|when was ${ALERT.replace("name", "other")} last firing`,
    history,
  ),
  form(
    `how long does ${ALERT} (?:usually |normally )?last|what (?:cleared|helped with|fixes|fixed) ${ALERT.replace("name", "other")}`,
    history,
  ),
  form(`(?:show me the |show the |the )?history of ${ALERT}`, history),
];

function history({ name, other }: Readonly<Record<string, string>>): string | undefined {
  const alert = name || other || "";
  return isAlertLike(alert) ? `history ${alert}` : undefined;
}

function isAlertLike(word: string): boolean {
  return /^[A-Z][a-z0-9]+[A-Z]\w*$/.test(word);
}

const HANDOFF: readonly Form[] = [
  form(
    "what (?:did i miss|happened (?:last night|overnight|tonight|today|on my shift|during my shift|on the last shift))",
    () => "handoff",
  ),
  form(
    "what happened (?:in|during|over) the (?:last|past) (?<amount>\\d+ ?)?(?<span>h|hours?|d|days?)",
    ({ amount = "1", span = "h" }) => `handoff last:${amount.trim()}${unitOf(span)}`,
  ),
  form(
    "(?:give me |write |make )?(?:a |the )?(?:hand ?over|hand ?off|shift summary|summary of (?:the|my) (?:night|shift)|handoff summary)",
    () => "handoff",
  ),
];

const TIMELINE: readonly Form[] = [
  form(
    `(?:export |write |give me |show me )?(?:the |a )?(?:timeline|post-?mortem)(?: (?:of|for) (?:the )?${NAME})?`,
    timeline,
  ),
];

function timeline({ name }: Readonly<Record<string, string>>): string | undefined {
  if (name === undefined || /^(?:this|it|incident)$/i.test(name)) return "timeline";
  return isAlertLike(name) || /^[0-9a-f-]{8,40}$/.test(name) ? `timeline ${name}` : undefined;
}

const OTHERS: readonly Form[] = [
  form(
    `(?:show me |show |open |give me |what is |where is )?(?:the )?runbook (?:for|of) ${ALERT}`,
    ({ name = "" }) => (isAlertLike(name) ? `runbook ${name}` : undefined),
  ),
  form(
    "what can (?:you do|i ask(?: you)?)|what do you (?:do|know)|how do(?:es)? (?:i use you|this work)|(?:list |show )?(?:your |the )?commands",
    () => "help",
  ),
];

const FORMS: readonly Form[] = [
  ...WHY_SLOW,
  ...ALERTS,
  ...LAG,
  ...HEALTH,
  ...TOPICS,
  ...HISTORY,
  ...HANDOFF,
  ...TIMELINE,
  ...OTHERS,
  // Last: it takes most words before it looks whether it knows them.
  ...CHART,
];
