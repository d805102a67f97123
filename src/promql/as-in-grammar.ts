/**
 * What the grammar for editors does not know and Prometheus reads, in words of the same length that it
 * knows. The tree is made of these, and every part of it is read from the text as it was written.
 */

const STRING_OR_NAME =
  /"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|`[^`]*`|[a-zA-Z_:][\w:]*|0X(?=[\da-fA-F])|(?<![\w.])\d+\.(?!\d)/g;

/** A function that was renamed in Prometheus 3.0, and one with as long a name. */
const RENAMED: ReadonlyMap<string, string> = new Map([["holt_winters", "day_of_month"]]);

/** A text of the same length. Strings stay as they are. */
export function asInGrammar(text: string): string {
  return text.replace(STRING_OR_NAME, (found) => {
    if (found === "0X") return "0x";
    return /^\d/.test(found) ? `${found.slice(0, -1)}0` : (RENAMED.get(found) ?? found);
  });
}
