/** Quoted texts that go on at any indentation, which not every parser of YAML takes. */

/** Opens a quoted value of a key or list item, or of a map or list on one line, that its line does not close. */
const OPENING =
  /^(\s*)(?:- +)?(?:["']?[\w.-]+["']?:[ \t]+)?(?:[&!]\S* +)*(?:[{[](?:[^"']*[ ,:{[])?)?(["'])(?:[^"'\\]|\\.|\2\2|(?!\2)["'])*\\?$/;

/** Opens a block of text, in which no quote counts: what is indented more than its key. */
const BLOCK = /[:-][ \t]+(?:[&!]\S* +)*[|>][-+\d]{0,2}\s*(?:#.*)?$/;
const REMARK = /^\s*#/;
const BEFORE_KEY = /^[\s-]*/;

/** The same sign on a line below its key, which not every parser takes in the key's column. */
const BLOCK_BELOW = /^\s*[|>][-+\d]{0,2}\s*(?:#.*)?$/;

/** Lines that continue a quoted text, and signs of blocks, get an indentation that every YAML parser takes. */
export function indentQuotedLines(text: string): string {
  let open: { readonly quote: string; readonly indent: string } | undefined;
  let block: number | undefined;
  return text
    .split("\n")
    .map((line) => {
      if (open !== undefined) {
        const { quote, indent } = open;
        if (closes(line, quote)) open = undefined;
        return `${indent}${line.trimStart()}`;
      }
      if (block !== undefined && !endsBlock(line, block)) return line;
      if (BLOCK_BELOW.test(line)) {
        block = line.search(/\S/);
        return ` ${line}`;
      }
      const isBlock = BLOCK.test(line) && !REMARK.test(line);
      block = isBlock ? BEFORE_KEY.exec(line)?.[0].length : undefined;
      const match = block === undefined ? OPENING.exec(line) : null;
      if (match !== null) open = { quote: match[2] ?? "", indent: `${match[1] ?? ""}    ` };
      return line;
    })
    .join("\n");
}

function endsBlock(line: string, indent: number): boolean {
  const own = line.search(/\S/);
  return own !== -1 && own <= indent;
}

function closes(line: string, quote: string): boolean {
  const unescaped = quote === '"' ? line.replace(/\\./g, "") : line.replaceAll("''", "");
  return unescaped.includes(quote);
}
