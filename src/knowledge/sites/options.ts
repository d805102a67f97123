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
