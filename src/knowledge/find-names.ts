/** Metric names and environment variables in any text: prose, commands, configuration, output. */

export interface FoundName {
  readonly name: {
    readonly kind: "metric" | "variable";
    readonly name: string;
    /** Only the beginning of a name is written, as in `streamline_s3_*` or `grep ^streamline_s3_`. */
    readonly family: boolean;
  };
  readonly offset: number;
}

/** The server's names begin with its own, or with Kafka's and a JMX domain (streamline-facts 2.4). */
const METRIC_START =
  /(?<![A-Za-z0-9_.:/$-])(?:streamline_(?=[a-z(*])|kafka_(?=\*|(?:consumer|controller|log|network|producer|server)_))/g;
const VARIABLE = /(?<![A-Za-z0-9_])(?:(?:STREAMLINE|OTEL)_[A-Z0-9_]+|RUST_LOG\b)(\*?)/g;

/** Every name in the order of the text; an alternation such as `x_(a|b)_total` gives each of its names. */
export function findNames(text: string): FoundName[] {
  const metrics = [...text.matchAll(METRIC_START)].flatMap((match) =>
    readMetric(text, match.index).map(
      (each): FoundName => ({ name: { kind: "metric", ...each }, offset: match.index }),
    ),
  );
  const variables = [...text.matchAll(VARIABLE)].map((match): FoundName => {
    const name = match[0].replace(/\*$/, "");
    const family = match[1] === "*" || name.endsWith("_");
    return { name: { kind: "variable", name, family }, offset: match.index };
  });
  return [...metrics, ...variables].toSorted((a, b) => a.offset - b.offset);
}

type Written = { readonly name: string; readonly family: boolean };

function readMetric(text: string, start: number): Written[] {
  const head = wordAt(text, start);
  const open = start + head.length;
  if (text[open] !== "(") return [written(head, text[open])];
  const close = closingParenthesis(text, open);
  if (close === undefined) return [];
  const tail = wordAt(text, close + 1);
  const after = text[close + 1 + tail.length];
  return alternatives(text.slice(open + 1, close)).map((each) => {
    const middle = wordAt(each, 0);
    // `requests_total\{api_key="produce"` ends its own name; what follows the group is not its tail.
    return middle.length < each.length
      ? written(head + middle, undefined)
      : written(head + middle + tail, after);
  });
}

function written(name: string, next: string | undefined): Written {
  return { name, family: next === "*" || name.endsWith("_") };
}

function wordAt(text: string, start: number): string {
  return /^[a-z0-9_]*/.exec(text.slice(start, start + 200))?.[0] ?? "";
}

function closingParenthesis(text: string, open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < text.length && text[at] !== "\n"; at += 1) {
    if (text[at] === "(") depth += 1;
    if (text[at] === ")") depth -= 1;
    if (depth === 0) return at;
  }
  return undefined;
}

function alternatives(group: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const character of group) {
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (character === "|" && depth === 0) parts.push("");
    else parts.push(`${parts.pop() ?? ""}${character}`);
  }
  return parts;
}
