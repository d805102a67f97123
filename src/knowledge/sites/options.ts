/** Options of a directive, in the lines right below it: `:class: warning`, or YAML between two rules (MyST). */

const RULE = /^\s*-{3,}\s*$/;

interface Options {
  /** They may follow; in YAML where its end comes later, too. */
  begin(pattern: RegExp, mayBeYaml: boolean): void;
  /** Whether the line belongs to them; the first that does not ends them. */
  take(line: string): boolean;
}

/** Follows the lines below a directive: `begin` at its line, then a line at a time. */
export function followOptions(): Options {
  let state: "none" | "first" | "more" | "yaml" = "none";
  let option: RegExp | undefined;
  let mayBeYaml = false;
  return {
    begin(pattern, yaml) {
      state = "first";
      option = pattern;
      mayBeYaml = yaml;
    },
    take(line) {
      if (state === "none") return false;
      if (state === "yaml") {
        if (RULE.test(line)) state = "none";
        return true;
      }
      const isYaml = state === "first" && mayBeYaml && RULE.test(line);
      if (!isYaml && option?.test(line) !== true) state = "none";
      else state = isYaml ? "yaml" : "more";
      return state !== "none";
    },
  };
}

/** Options of one directive; a page of them is none. */
const MOST = 40;
const FIELD = /^\s*:([\w-]+):(?:\s+(\S.*))?$/;
const KEY = /^\s*([\w-]+):(?:\s+(\S.*))?$/;

/** What a reader is shown of options: what stands above, or in place of it. */
export interface ShownOptions {
  readonly caption: string;
  readonly alt: string;
  /** How many lines the options take, and the empty ones behind them. */
  readonly lines: number;
}

export const NO_OPTIONS: ShownOptions = { caption: "", alt: "", lines: 0 };

/** The words of the options below a directive that a reader is shown. */
export function shownOptions(lines: readonly string[], at: number): ShownOptions {
  const { own, count } = givenOptions(lines, at);
  if (count === 0) return NO_OPTIONS;
  const caption = ["filename", "caption"].flatMap((name) => own.get(name) ?? []);
  let end = at + 1 + count;
  while (lines[end]?.trim() === "") end += 1;
  return { caption: caption.join(": "), alt: own.get("alt") ?? "", lines: end - at - 1 };
}

interface GivenOptions {
  readonly own: ReadonlyMap<string, string>;
  /** How many lines they take. */
  readonly count: number;
}

/** The options below the directive of this line, by their names; those without a value are none. */
export function givenOptions(lines: readonly string[], at: number): GivenOptions {
  const below = lines.slice(at + 1, at + 1 + MOST);
  const isYaml = RULE.test(below[0] ?? "");
  const last = isYaml
    ? below.findIndex((line, index) => index > 0 && RULE.test(line))
    : below.findIndex((line) => !FIELD.test(line)) - 1;
  const own = below.slice(0, last + 1).flatMap((line) => {
    const [, name = "", value = ""] = (isYaml ? KEY : FIELD).exec(line) ?? [];
    const words = value.trimEnd().replace(/^(["'])(.*)\1$/, "$2");
    return words === "" ? [] : [[name, words] as const];
  });
  // Of a name that is given twice, the first counts.
  return { own: new Map(own.toReversed()), count: last + 1 };
}
