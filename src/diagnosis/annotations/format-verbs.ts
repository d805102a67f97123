/** fmt.Sprintf: a format -> its verbs, and the values that they take (https://pkg.go.dev/fmt). */

import { formatValue, typed, type Verb } from "./format-values.ts";
import type { TemplateValue } from "./template-value.ts";

const FLAGS = /[-+# 0]*/y;
const INDEX = /\[(\d{1,6})\]/y;
/** Without its end only the bracket is passed over. */
const BAD_INDEX = /\[(?:[^\]]*\])?/y;
const COUNT = /\*|\d*/y;
const VERB = /[\s\S]/uy;

/** A width or precision beyond this is a mistake; Go's own limit is 1e6. */
const WIDEST = 1_000;

/** What does not fit a verb is printed as Go prints it, `%!d(string=x)`; throws a TemplateError for an address. */
export function sprintf(format: string, args: readonly TemplateValue[]): string {
  return new Formatting(format, args).run();
}

class Formatting {
  readonly #format: string;
  readonly #args: readonly TemplateValue[];
  #at = 0;
  #next = 0;
  /** With an index, `%[2]v`, Go does not tell of values that no verb took. */
  #isReordered = false;
  #isGoodIndex = true;
  /** What stood right before may only be followed by a star or the verb. */
  #isAfterIndex = false;
  #shown = "";

  constructor(format: string, args: readonly TemplateValue[]) {
    this.#format = format;
    this.#args = args;
  }

  run(): string {
    for (;;) {
      const sign = this.#format.indexOf("%", this.#at);
      this.#shown += this.#format.slice(this.#at, sign < 0 ? undefined : sign);
      if (sign < 0) break;
      this.#at = sign + 1;
      this.#verb();
    }
    const extra = this.#args.slice(this.#next);
    if (extra.length > 0 && !this.#isReordered) {
      this.#shown += `%!(EXTRA ${extra.map(typed).join(", ")})`;
    }
    return this.#shown;
  }

  #read(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#format);
    if (found !== null) this.#at = pattern.lastIndex;
    return found;
  }

  #verb(): void {
    this.#isGoodIndex = true;
    this.#isAfterIndex = false;
    const flags = this.#read(FLAGS)?.[0] ?? "";
    this.#index();
    const width = this.#count("BADWIDTH");
    const precision = this.#precision();
    if (!this.#isAfterIndex) this.#index();
    const verb = this.#read(VERB)?.[0];
    if (verb === undefined) this.#shown += "%!(NOVERB)";
    else if (verb === "%") this.#shown += "%";
    else this.#value(verbOf(verb, { flags, width, precision }));
  }

  #value(verb: Verb): void {
    const value = this.#args[this.#next];
    if (!this.#isGoodIndex) this.#shown += `%!${verb.verb}(BADINDEX)`;
    else if (value === undefined) this.#shown += `%!${verb.verb}(MISSING)`;
    else {
      this.#next += 1;
      this.#shown += formatValue(value, verb);
    }
  }

  #index(): void {
    if (this.#format[this.#at] !== "[") return;
    this.#isReordered = true;
    const number = Number(this.#read(INDEX)?.[1] ?? 0);
    if (number >= 1 && number <= this.#args.length) {
      this.#next = number - 1;
      this.#isAfterIndex = true;
      return;
    }
    this.#read(BAD_INDEX);
    this.#isGoodIndex = false;
  }

  /** A star takes the next value. */
  #count(bad: string): number | undefined {
    const written = this.#read(COUNT)?.[0] ?? "";
    if (written !== "*") {
      if (written !== "" && this.#isAfterIndex) this.#isGoodIndex = false;
      return written === "" ? undefined : Number(written);
    }
    this.#isAfterIndex = false;
    const value = this.#args[this.#next];
    if (this.#next < this.#args.length) this.#next += 1;
    if (typeof value === "bigint" && value >= -1_000_000n && value <= 1_000_000n)
      return Number(value);
    this.#shown += `%!(${bad})`;
    return undefined;
  }

  #precision(): number | undefined {
    if (this.#format[this.#at] !== ".") return undefined;
    this.#at += 1;
    if (this.#isAfterIndex) this.#isGoodIndex = false;
    this.#index();
    const isStar = this.#format[this.#at] === "*";
    const count = this.#count("BADPREC");
    if (!isStar) return count ?? 0;
    if (count === undefined || count >= 0) return count;
    this.#shown += "%!(BADPREC)";
    return undefined;
  }
}

type WrittenVerb = {
  readonly flags: string;
  readonly width: number | undefined;
  readonly precision: number | undefined;
};

/** For `%v` a plus asks for the names of fields, and a sharp for Go's own writing. */
function verbOf(verb: string, { flags, width, precision }: WrittenVerb): Verb {
  const isAnyhow = verb === "v" || verb === "w";
  const isNarrow = width !== undefined && width < 0;
  return {
    verb,
    isSource: isAnyhow && flags.includes("#"),
    plus: !isAnyhow && flags.includes("+"),
    sharp: !isAnyhow && flags.includes("#"),
    space: flags.includes(" "),
    minus: flags.includes("-") || isNarrow,
    zero: flags.includes("0") && !flags.includes("-") && !isNarrow,
    width: width === undefined ? undefined : Math.min(WIDEST, Math.abs(width)),
    precision: precision === undefined ? undefined : Math.min(WIDEST, precision),
  };
}
