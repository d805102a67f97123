/** Quoted texts that go on at any indentation, which not every parser of YAML takes. */

/** Opens a quoted value of a key or list item, or of a map or list on one line, that its line does not close. */
const OPENING =
  /^(\s*)(?:- +)?(?:[\w.-]+: +)?(?:[{[](?:[^"']*[ ,:{[])?)?(["'])(?:[^"'\\]|\\.|\2\2|(?!\2)["'])*\\?$/;

/** Lines that continue a quoted text get an indentation that every YAML parser takes. */
export function indentQuotedLines(text: string): string {
  let open: { readonly quote: string; readonly indent: string } | undefined;
  return text
    .split("\n")
    .map((line) => {
      if (open === undefined) {
        const match = OPENING.exec(line);
        if (match !== null) open = { quote: match[2] ?? "", indent: `${match[1] ?? ""}    ` };
        return line;
      }
      const { quote, indent } = open;
      if (closes(line, quote)) open = undefined;
      return `${indent}${line.trimStart()}`;
    })
    .join("\n");
}

function closes(line: string, quote: string): boolean {
  const unescaped = quote === '"' ? line.replace(/\\./g, "") : line.replaceAll("''", "");
  return unescaped.includes(quote);
}
