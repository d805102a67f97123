/**
 * Commands in runbooks mark what changes per alert as a shell's parameter expansion:
 * `${GROUP:?name the consumer group}` or `${STREAMLINE_HTTP:-http://localhost:9094}`.
 * Pasted as they are they still work or say what is missing; the bot fills in what an
 * alert's labels tell. A label is a stranger's text that a person will paste into a
 * shell: a value of safe characters is filled in as it is, another one in quotes where the
 * code is plain enough to be sure that quotes mean what they say, and else not at all.
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
    const quoted = reason === undefined ? value : quotedWord(code, { start, end, value });
    if (quoted === undefined) {
      refused.set(name, reason ?? "");
      continue;
    }
    filled.add(name);
    text += code.slice(from, start) + quoted;
    from = end;
  }
  return {
    text: text + code.slice(from),
    filled: [...filled],
    refused: [...refused].map(([name, reason]) => ({ name, reason })),
  };
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

const QUOTABLE_VALUE = /^[A-Za-z0-9_.:/@%+=, '-]+$/;

/** Anything of a shell's grammar that could change what quotes mean further on. */
const NOT_PLAIN = /['"`\\#<]|\$(?!\{[A-Z_][A-Z0-9_]*(?:}|:[-?][^{}'"`\\$]*}))/;

/**
 * The value as one word in single quotes, in which a POSIX shell changes nothing. Only where the
 * placeholder is a word of its own in code without quotes, comments or substitutions, and only for
 * names with spaces or apostrophes: a value that looks like a command stays out, quoted or not, since
 * nobody should have to trust the quotes.
 */
function quotedWord(
  code: string,
  { start, end, value }: { start: number; end: number; value: string },
): string | undefined {
  const isWord = /(^|\s)$/.test(code.slice(0, start)) && /^(\s|$)/.test(code.slice(end));
  const isName = QUOTABLE_VALUE.test(value) && value.length <= MAX_VALUE_LENGTH;
  const isPath = value.startsWith("-") || value.split("/").includes("..");
  if (!isWord || !isName || isPath || NOT_PLAIN.test(code)) return undefined;
  return `'${value.replaceAll("'", `'\\''`)}'`;
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
