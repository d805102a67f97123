/**
 * Whether what an expression asks for by name has ever been at the target.
 *
 * `absent(streamline_topic_messages{topic="orders"})` holds where the topic was deleted, and also over
 * every server of another cluster, which never had it. Which of the two it is nobody can tell who has never
 * seen the topic here: then the rule is neither firing nor clear.
 */

import type { Labels } from "../../exposition/sample.ts";
import type { History } from "../../history/history.ts";
import type { Matcher } from "../../history/matcher.ts";
import { NAME } from "../../history/metric.ts";
import { type Expr, partsOf, type VectorSelector } from "../../promql/expression.ts";

interface Seen {
  readonly history: History;
  /** The labels that Prometheus adds to the target's series. */
  readonly labels: Labels;
}

/** They find something because nothing is there. */
const OF_NOTHING: ReadonlySet<string> = new Set(["absent", "absent_over_time"]);
/** They name a thing that a cluster has or has not; others, such as a status code, come with an event. */
const NAMING: ReadonlySet<string> = new Set(
  "topic topic_name group group_id consumer_group consumergroup".split(" "),
);
/** One name or several, and no pattern that any name could fulfil. */
const NAMES = /^[\w.-]+(?:\|[\w.-]+)*$/;

/** The first condition that asks for what was never seen here, as it is written. */
export function unseenCondition(expr: Expr, seen: Seen, ofNothing = false): string | undefined {
  if (expr.kind === "selector") return unseenIn(expr, seen, ofNothing);
  const inside = ofNothing || (expr.kind === "call" && OF_NOTHING.has(expr.name));
  return partsOf(expr)
    .map((part) => unseenCondition(part, seen, inside))
    .find((found) => found !== undefined);
}

function unseenIn(
  { matchers }: VectorSelector,
  { history, labels }: Seen,
  ofNothing: boolean,
): string | undefined {
  if (matchers.some((matcher) => namesTarget(matcher, labels))) return undefined;
  const unseen = matchers.find(
    (matcher) =>
      isOwn(matcher, labels) &&
      (ofNothing || isName(matcher)) &&
      history.select([matcher]).length === 0,
  );
  return unseen && `${unseen.label}${unseen.operator}"${unseen.value}"`;
}

/** A condition with the target's own cluster or instance says which server is meant; a job's servers are many. */
function namesTarget({ label, operator, value }: Matcher, labels: Labels): boolean {
  return label !== "job" && operator === "=" && value !== "" && labels[label] === value;
}

function isOwn({ label, matches }: Matcher, labels: Labels): boolean {
  const isAdded = label === "job" || label === "instance" || Object.hasOwn(labels, label);
  return label !== NAME && !isAdded && !matches("");
}

function isName({ label, operator, value }: Matcher): boolean {
  return NAMING.has(label) && (operator === "=" || (operator === "=~" && NAMES.test(value)));
}
