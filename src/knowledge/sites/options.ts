/** Options of a directive, in the lines right below it: `:class: warning`, or YAML between two rules (MyST). */

const RULE = /^\s*-{3,}\s*$/;

interface Options {
  /** They may follow; in YAML where its end comes later, too. */
  begin(pattern: RegExp, mayBeYaml: boolean): void;
  /** Whether the line belongs to them; the first that does not ends them. */
  take(line: string): boolean;
}

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
}

export const NO_OPTIONS: ShownOptions = { caption: "", alt: "" };

/** The words of the options below a directive that a reader is shown. */
export function shownOptions(lines: readonly string[], at: number): ShownOptions {
  const shown = { ...NO_OPTIONS };
  const isYaml = RULE.test(lines[at + 1] ?? "");
  const from = at + (isYaml ? 2 : 1);
  for (const line of lines.slice(from, from + MOST)) {
    const [, name, value = ""] = (isYaml ? KEY : FIELD).exec(line) ?? [];
    if (name === undefined) break;
    const words = value.trimEnd().replace(/^(["'])(.*)\1$/, "$2");
    if (name === "alt") shown.alt = words;
    if (name !== "caption" && name !== "filename") continue;
    const both = name === "filename" ? [words, shown.caption] : [shown.caption, words];
    shown.caption = both.filter((each) => each !== "").join(": ");
  }
  return shown;
}
