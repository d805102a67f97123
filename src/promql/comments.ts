/** Comments of PromQL: from "#" to the end of the line, anywhere but in a string. */

const STRING_OR_COMMENT = /"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|`[^`]*`|#[^\n]*/g;

/** The text with blanks in the place of comments, so that every position stays what it was. */
export function blankComments(text: string): string {
  return text.replace(STRING_OR_COMMENT, (found) =>
    found.startsWith("#") ? " ".repeat(found.length) : found,
  );
}
