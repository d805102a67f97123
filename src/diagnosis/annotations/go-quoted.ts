/** strconv.Quote: a text as Go source has it (https://pkg.go.dev/strconv#Quote). */

const NAMED: Readonly<Record<string, string>> = {
  "\x07": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  '"': '\\"',
  "\\": "\\\\",
};

/** In double quotes; what cannot be seen is written by its number. */
export function goQuoted(text: string): string {
  const shown = text.replace(
    /["\\\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu,
    (sign) => NAMED[sign] ?? numbered(sign),
  );
  return `"${shown}"`;
}

/** The same with numbers in place of all letters outside ASCII. */
export function asciiQuoted(text: string): string {
  return goQuoted(text).replace(/\P{ASCII}/gu, numbered);
}

function numbered(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code < 0x80) return `\\x${hex.padStart(2, "0")}`;
  return code > 0xffff ? `\\U${hex.padStart(8, "0")}` : `\\u${hex.padStart(4, "0")}`;
}
