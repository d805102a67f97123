/** What a line of a site generator is in plain Markdown. */

export interface SiteLine {
  /** The line in plain Markdown; "" for a line that only a generator needs. */
  readonly text?: string;
  /** A line of its own in bold: what kind of remark follows. */
  readonly label?: string;
  /** A tab's name, which becomes a heading. */
  readonly tab?: string;
  /** What follows, indented, is the body of this line. */
  readonly opensBody?: true;
  /** What follows is code, or nobody's to see, until this. */
  readonly until?: {
    readonly kind: "code" | "comment";
    readonly end: RegExp;
    /** Shown instead of code that is none: another file holds it. */
    readonly words?: string;
  };
  /** The anchor of the heading before this line. */
  readonly anchor?: string;
  /** Lines of options may follow. */
  readonly hasOptions?: keyof typeof OPTIONS;
}

/** `:class: warning` of MyST, and `    type: warning` of PyMdown: elsewhere, that is the first line of a list's text. */
export const OPTIONS = {
  fields: /^\s*:[\w-]+:(?:\s.*)?$/,
  indented: /^ {4}[\w-]+:(?:\s.*)?$/,
} as const;

/** A line that only a generator needs. */
export const NOTHING: SiteLine = { text: "" };
