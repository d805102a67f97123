/** Comments of PromQL, from "#" to the end of the line, and spaces: anywhere but in a string. */

const STRING_OR_COMMENT = /"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|`[^`]*`|#[^\r\n]*/g;

/** The text with blanks in the place of comments, so that every position stays what it was. */
export function blankComments(text: string): string {
  return text.replace(STRING_OR_COMMENT, (found) =>
    found.startsWith("#") ? " ".repeat(found.length) : found,
  );
}

/** Spaces of other scripts and of typesetting, as they come with a text that is copied from a page. */
const ODD_SPACE = /[^\S \t\r\n]/;

/** The first space that Prometheus refuses, as U+00A0. Whoever types here may use any. */
export function oddSpace(text: string): string | undefined {
  const found = ODD_SPACE.exec(blankComments(text).replace(STRING_OR_COMMENT, ""))?.[0];
  const code = found?.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0");
  return code === undefined ? undefined : `U+${code}`;
}
