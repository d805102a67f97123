/** By what lines show that somebody has pasted them: a prompt, columns, times of a log, nested keys, braces, a tree. */

import { indentOf } from "../lines/indentation.ts";

/** `$ ls`, `[root@a ~]# ls`, `ann@a:~$ ls`, `PS C:\> ls`, `mysql> select 1`. */
const PROMPT =
  /^\s*(?:\$ (?=[a-z./~_]|[A-Z_]+=)|\[[\w.-]+@[\w.-]+ [^\]]{1,80}\][#$] ?|[\w.-]+@[\w.-]+:[\w./~-]{1,200}[#$] |PS [A-Z]:\\[^<>]{0,200}> |[A-Z]:\\[^<>]{0,200}>(?=\S)|(?:mysql|MariaDB \[\w*\]|sqlite|SQL|redis [\w.:]+|>>)> (?=\S))/;
/** A point in time, at the beginning of a line. */
const TIME =
  /^\s*\[?(?:\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d \d\d:\d\d:\d\d)/;
const TRACE = /^\s*(?:at [\w.$<>/]+\(|Traceback \(most recent call last\)|Caused by: [\w.$]+)/;
const BRANCH = /^\s*(?:[│|] +)*(?:[├└]─|\|--|`-- )/;
const KEY = /^\s*(?:- )?["']?[\w./-]+["']?:(?: \S|\s*$)/;
const OF_YAML = /^\s*(?:- \S|#)/;
const MEMBER = /^\s*(?:"[^"]+"\s*:|[{"[])/;
const SETTING = /^\s*(?:export )?[A-Za-z_][\w.-]*=\S*(?:\s\S+)?$/;
/** Words of a shell that begin no sentence. */
const COMMAND =
  /^\s*(?:sudo|kubectl|oc|docker|podman|helm|systemctl|journalctl|curl|wget|ssh|scp|cd|ls|cp|mv|rm|mkdir|chmod|chown|grep|apt|apt-get|yum|dnf|git|aws|gcloud|az|terraform|ansible|ansible-playbook|psql|redis-cli|pip|npm|kafka-[\w-]+(?:\.sh)?|\.{0,2}\/[\w./-]+)\s+[\w./-]/;

/** The first of the lines that are pasted, which all below it are; undefined where they are words. */
export function pastedFrom(block: readonly string[]): number | undefined {
  return first([
    block.findIndex((line) => PROMPT.test(line)),
    firstOfMany(block, TIME),
    traceFrom(block),
    columnsFrom(block),
    treeFrom(block),
    yamlFrom(block),
    jsonFrom(block),
    allFrom(block, SETTING, 3),
    commandsFrom(block),
  ]);
}

function first(places: readonly number[]): number | undefined {
  const found = places.filter((at) => at !== -1);
  return found.length === 0 ? undefined : Math.min(...found);
}

/** The first of two lines below each other. */
function firstOfMany(block: readonly string[], pattern: RegExp): number {
  return block.findIndex((line, at) => pattern.test(line) && pattern.test(block[at + 1] ?? ""));
}

function traceFrom(block: readonly string[]): number {
  const at = block.findIndex((line) => TRACE.test(line));
  // The line above says what went wrong.
  return at > 0 && /^\s*at /.test(block[at] ?? "") ? at - 1 : at;
}

function treeFrom(block: readonly string[]): number {
  const at = firstOfMany(block, BRANCH);
  return at > 0 ? at - 1 : at;
}

/** Where all lines to the end are such, and there are so many of them. */
function allFrom(block: readonly string[], pattern: RegExp, least: number): number {
  const at = block.findLastIndex((line) => !pattern.test(line)) + 1;
  return block.length - at >= least ? at : -1;
}

/** Commands to the end: two of them, or one below words that announce it. */
function commandsFrom(block: readonly string[]): number {
  const at = allFrom(block, COMMAND, 1);
  return at < block.length - 1 || /[:：]\s*$/.test(block[at - 1] ?? "") ? at : -1;
}

/** Columns are apart by two spaces or a tab; a sentence may end with two spaces. */
const GAP = /(?<=[^\s.!?:;,])(?: {2,}|\t+)(?=\S)/g;
const WIDE_GAP = /^(?!\s*[•●○◦▪■□‣])(?!.*(?: \| |<br)).*?\S(?: {3,}|\t+)\S/;
/** Cells of a table, items and lines of HTML are told apart by more than columns. */
const NO_ROW = / \| |<br|^\s*[•●○◦▪■□‣]/;

/** Two lines below each other with three columns, and most of those below them; or three with two columns to the end. */
function columnsFrom(block: readonly string[]): number {
  const wide = allFrom(block, WIDE_GAP, 3);
  const isRow = block.map(
    (line) => !NO_ROW.test(line) && (line.trim().match(GAP)?.length ?? 0) >= 2,
  );
  const from = isRow.findIndex((each, at) => each && isRow[at + 1] === true);
  const rows = isRow.slice(from).filter(Boolean).length;
  return from !== -1 && rows * 2 > block.length - from ? from : wide;
}

/** A key, and below it keys and what stands further in to the end, one of them above deeper ones. */
function yamlFrom(block: readonly string[]): number {
  const at = block.findIndex((line) => KEY.test(line));
  const [top = "", ...more] = block.slice(Math.max(at, 0));
  const edge = indentOf(top);
  const isYaml = more.every(
    (line) =>
      indentOf(line) > edge || (indentOf(line) === edge && (KEY.test(line) || OF_YAML.test(line))),
  );
  const isNested = block.some(
    (line, index) =>
      /:\s*$/.test(line) &&
      KEY.test(line) &&
      indentOf(block[index + 1] ?? "") > indentOf(line) &&
      KEY.test(block[index + 1] ?? ""),
  );
  return at !== -1 && more.length > 1 && isYaml && isNested ? at : -1;
}

/** A brace alone, and below it what it holds, to its end. */
function jsonFrom(block: readonly string[]): number {
  if (!/^\s*[}\]]/.test(block.at(-1) ?? "")) return -1;
  return block.findIndex(
    (line, at) => /^\s*[{[]\s*$/.test(line) && MEMBER.test(block[at + 1] ?? ""),
  );
}

/** The first line of YAML or JSON, which goes to the end; undefined where there is none. */
export function dataFrom(text: readonly string[]): number | undefined {
  return first([yamlFrom(text), jsonFrom(text)]);
}
