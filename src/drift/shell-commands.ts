/**
 * A shell script -> its simple commands, as far as documentation needs it: quotes, expansions,
 * pipes, lists, comments, continued lines and nested `$(...)`. Here-documents are not known.
 */

export interface ShellCommand {
  /** Without quotes; expansions such as `${TOPIC:?name it}` stay as they are written. */
  readonly words: readonly string[];
  /** The line of the first word, counted from 1. */
  readonly line: number;
}

/** Every command in the script, those inside substitutions and `sh -c` included. */
export function readShellCommands(script: string): ShellCommand[] {
  const reading: Reading = { script, at: 0, found: [] };
  while (reading.at < script.length) {
    readList(reading);
    // A parenthesis that closes nothing: go on behind it.
    reading.at += 1;
  }
  return reading.found.flatMap((command) => [command, ...innerScript(command)]);
}

interface Reading {
  readonly script: string;
  at: number;
  readonly found: ShellCommand[];
}

/** Reads commands up to the end or to a closing parenthesis, which is left unread. */
function readList(reading: Reading): void {
  let words: string[] = [];
  let start = reading.at;
  const finish = (): void => {
    if (words.length > 0) reading.found.push({ words, line: lineAt(reading.script, start) });
    words = [];
  };
  while (reading.at < reading.script.length) {
    const character = reading.script[reading.at] ?? "";
    if (character === ")") break;
    if (character === "#") skipComment(reading);
    else if (/[\n;|&(]/.test(character)) {
      finish();
      reading.at += 1;
    } else if (/[\s<>]/.test(character)) reading.at += 1;
    else if (reading.script.startsWith("\\\n", reading.at)) reading.at += 2;
    else {
      if (words.length === 0) start = reading.at;
      words.push(readWord(reading));
    }
  }
  finish();
}

function skipComment(reading: Reading): void {
  const end = reading.script.indexOf("\n", reading.at);
  reading.at = end === -1 ? reading.script.length : end;
}

function readWord(reading: Reading): string {
  let word = "";
  while (reading.at < reading.script.length) {
    const character = reading.script[reading.at] ?? "";
    if (/[\s;|&()<>]/.test(character)) break;
    if (character === "'") word += readSingleQuoted(reading);
    else if (character === '"') word += readDoubleQuoted(reading);
    else word += readPiece(reading);
  }
  return word;
}

function readSingleQuoted(reading: Reading): string {
  const from = reading.at + 1;
  const end = reading.script.indexOf("'", from);
  reading.at = end === -1 ? reading.script.length : end + 1;
  return reading.script.slice(from, end === -1 ? undefined : end);
}

function readDoubleQuoted(reading: Reading): string {
  let text = "";
  reading.at += 1;
  while (reading.at < reading.script.length && reading.script[reading.at] !== '"') {
    text += readPiece(reading);
  }
  reading.at += 1;
  return text;
}

/** One character, one escape, or one expansion. */
function readPiece(reading: Reading): string {
  const { script, at } = reading;
  if (script.startsWith("$(", at)) return readSubstitution(reading);
  if (script.startsWith("${", at)) return readExpansion(reading);
  const length = script[at] === "\\" ? 2 : 1;
  reading.at += length;
  if (length === 1) return script[at] ?? "";
  return script[at + 1] === "\n" ? "" : (script[at + 1] ?? "");
}

function readSubstitution(reading: Reading): string {
  const from = reading.at;
  reading.at += 2;
  readList(reading);
  reading.at += 1;
  return reading.script.slice(from, reading.at);
}

function readExpansion(reading: Reading): string {
  const from = reading.at;
  let depth = 0;
  do {
    const character = reading.script[reading.at];
    if (character === "{") depth += 1;
    if (character === "}") depth -= 1;
    reading.at += 1;
  } while (reading.at < reading.script.length && (depth > 0 || reading.at === from + 1));
  return reading.script.slice(from, reading.at);
}

/** `sh -c '...'` runs its argument. */
function innerScript({ words, line }: ShellCommand): ShellCommand[] {
  const shell = words.findIndex((word) => /^(?:\/\S*\/)?(?:ba)?sh$/.test(word));
  const script = words[shell + 2];
  if (shell === -1 || words[shell + 1] !== "-c" || script === undefined) return [];
  return readShellCommands(script).map((each) => ({ ...each, line: line + each.line - 1 }));
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
