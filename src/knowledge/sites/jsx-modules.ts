/** What MDX imports and exports: which lines begin it, and how far it goes. It is code, and no text. */

const NAME = String.raw`[A-Za-z_$][\w$]*`;
/** Only what can be JavaScript: "export default values to a file" is a sentence. */
const EXPORTED = [
  String.raw`(?:const|let|var)(?:\s*$|\s+(?:${NAME}\s*(?:[:=;]|$)|[{[]))`,
  String.raw`(?:default\s+)?(?:async\s+)?function\b\s*\*?\s*(?:${NAME})?\s*[(<]`,
  String.raw`(?:default\s+)?class\s+${NAME}\s*(?:extends\s.*)?\{`,
  String.raw`default\s+(?:[({[<"'\x60]|(?:async\s+)?${NAME}(?:\.${NAME})*\s*(?:;?\s*$|\(|=>))`,
  String.raw`default\s*$`,
].join("|");
/** A line that begins an export. */
const EXPORT = new RegExp(`^export\\s+(?:${EXPORTED})`);
const EXPORT_LISTED =
  /^export\s*(?:\{[^{}]*\}(?:\s*from\s*["'][^"']*["'])?|\*(?:\s*as\s+[\w$]+)?\s*from\s*["'][^"']*["'])\s*;?\s*$/;
const IMPORT = /^import\s+(?:[\w*{][^'"]*\s+from\s+)?['"][^'"]+['"]\s*;?\s*$/;
const IMPORT_OPENS = /^import\s+(?:type\s+)?(?:\w+\s*,\s*)?\{[^}]*$/;

/** Lines of one; what goes on for longer was not closed. */
const MOST_LINES = 500;

/** Whether a line imports or exports something, or begins to. */
export function isModuleLine(line: string): boolean {
  return IMPORT.test(line) || EXPORT.test(line) || EXPORT_LISTED.test(line);
}

/** Whether such a line may go on below. */
export function opensModule(line: string): boolean {
  return IMPORT_OPENS.test(line) || EXPORT.test(line);
}

/**
 * How many lines an import or export takes: it ends where its last bracket closes, brackets in texts and remarks
 * aside. Where prose begins before that, nobody closed it, and it ends at its first empty line, as MDX reads it.
 */
export function moduleLines(lines: readonly string[], at: number): number | undefined {
  const code = followCode();
  let beforeBlank: number | undefined;
  for (let more = 0; more < MOST_LINES && at + more < lines.length; more += 1) {
    const line = lines[at + more] ?? "";
    if (more > 0 && !code.isText() && isProse(line)) return beforeBlank ?? more;
    if (line.trim() === "") beforeBlank ??= more;
    if (code.closes(line)) return more + 1;
  }
  return beforeBlank;
}

/** Texts of one line, and remarks behind code; a template may go on below. */
const TEXTS = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|(?<![:\w])\/\/.*$|\/\*[^*]*\*\//g;
/** Its name or its value stands below. */
const GOES_ON = /(?:=|\b(?:const|let|var))\s*$/;
/** In a longer line they are not told apart: who means harm could make that slow. */
const LONGEST = 20_000;

function followCode(): { isText(): boolean; closes(line: string): boolean } {
  let depth = 0;
  let isTemplate = false;
  const count = (text: string): void => {
    depth += (text.match(/[{([]/g) ?? []).length - (text.match(/[})\]]/g) ?? []).length;
  };
  return {
    isText: () => isTemplate,
    closes(line) {
      const isLong = line.length > LONGEST;
      const code = isLong || isTemplate || line.includes("`") ? line : line.replace(TEXTS, '""');
      for (const [index, part] of code.replace(/\\`/g, "").split("`").entries()) {
        if (index > 0) isTemplate = !isTemplate;
        if (!isTemplate) count(isLong ? part : part.replace(TEXTS, '""'));
      }
      return depth <= 0 && !isTemplate && !GOES_ON.test(code);
    },
  };
}

/** Words at the left, as no code within brackets has them. */
const PROSE = /^(?:#{1,6}\s+\S|[-*+]\s+\p{L}|\d{1,9}[.)]\s+\p{L}|[\p{L}\p{N}*_[`"“'(].*\s\S)/u;
/** What code at the left begins with. */
const CODE =
  /^(?:(?:async|await|break|case|catch|class|const|default|else|export|finally|for|function|if|import|interface|let|new|return|switch|throw|try|type|var|while)\b|["'[\w$.\]]+\s*(?:[(,{?;=[.]|=>|:\s*(?:["'`[{(\d]|.*,\s*$)|$)|["'`].*["'`],?\s*$|[({[]\s*[{([\w"'`$.]*[,:})\]]|.*[;{([,]\s*$|\.\w)/;

function isProse(line: string): boolean {
  return PROSE.test(line) && !CODE.test(line);
}
