/**
 * Commands in runbooks mark what changes per alert as a shell's parameter expansion:
 * `${GROUP:?name the consumer group}` or `${STREAMLINE_HTTP:-http://localhost:9094}`.
 * Pasted as they are they still work or say what is missing; the bot fills in what an
 * alert's labels tell. A label is a stranger's text that a person will paste into a
 * shell, so a value with any other character than the safe ones is not filled in.
 */

export type FilledText = {
  text: string;
  /** Names that were replaced, each once. */
  filled: string[];
  refused: { name: string; reason: string }[];
};

/** Long enough for any name or address, short enough to be read before it is pasted. */
export const MAX_VALUE_LENGTH = 200;

/** Means nothing to a POSIX shell, quoted or not, and keeps its place in a URL. */
const SAFE_VALUE = /^[A-Za-z0-9_.:/@%+=,-]+$/;

/**
 * Replaces `${NAME}`, `${NAME:-default}` and `${NAME:?message}` by `values.get("NAME")`.
 * A name without a value stays as it is; a value that is not safe stays out and is reported.
 */
export function fillPlaceholders(code: string, values: ReadonlyMap<string, string>): FilledText {
  const filled = new Set<string>();
  const refused = new Map<string, string>();
  let text = "";
  let from = 0;
  for (const { start, end, name } of findPlaceholders(code)) {
    const value = values.get(name);
    if (value === undefined) continue;
    const reason = whyUnsafe(value);
    if (reason !== undefined) {
      refused.set(name, reason);
      continue;
    }
    filled.add(name);
    text += code.slice(from, start) + value;
    from = end;
  }
  return {
    text: text + code.slice(from),
    filled: [...filled],
    refused: [...refused].map(([name, reason]) => ({ name, reason })),
  };
}

/** The name under which a label's value fills a placeholder: `group` fills `${GROUP}`. */
export function placeholderName(label: string): string {
  return label.toUpperCase();
}

/** Why a value must not be filled in, or undefined when it may be. */
function whyUnsafe(value: string): string | undefined {
  if (value === "") return "it is empty";
  if (value.length > MAX_VALUE_LENGTH) return `it is longer than ${MAX_VALUE_LENGTH} characters`;
  if (value.startsWith("-")) return "it starts with a dash, which a command takes for an option";
  if (!SAFE_VALUE.test(value)) return "it has characters that a shell or a URL could act on";
  // Inside a path of the HTTP API it would lead the request somewhere else.
  if (value.split("/").includes("..")) return 'it has ".." in a path';
  return undefined;
}

type Placeholder = { name: string; start: number; end: number };

/** POSIX names, upper-case as our runbooks write them; `\${X}` is text to a shell. */
const EXPANSION = /(?<!\\)\$\{([A-Z_][A-Z0-9_]*)(?:}|:[-?][^{}]*})/g;

function findPlaceholders(code: string): Placeholder[] {
  return [...code.matchAll(EXPANSION)].map((match) => ({
    name: match[1] ?? "",
    start: match.index,
    end: match.index + match[0].length,
  }));
}
