/** Lists, as far as lines tell of them: a tag that becomes words must not end the item it stands in. */

import { columnsOf } from "../lines/fences.ts";
import { widthOf } from "../lines/indentation.ts";

const ITEM = /^\s*((?:[-*+]|\d{1,9}[.)]) {1,4})\S/;

/** Takes each line outside code; gives the indentation by which it stands in an item, "" elsewhere. */
export function followLists(): (line: string) => string {
  /** Where the text of each open item begins. */
  let columns: number[] = [];
  let isBehindBlank = false;
  return (line) => {
    const text = line.trimStart();
    if (text === "") {
      isBehindBlank = true;
      return "";
    }
    const space = line.slice(0, line.length - text.length);
    const indent = widthOf(line);
    const mark = ITEM.exec(line)?.[1]?.length;
    const item = mark === undefined ? undefined : indent + mark;
    if (isBehindBlank || item !== undefined) columns = columns.filter((column) => column <= indent);
    isBehindBlank = false;
    const inner = columns.at(-1);
    if (item !== undefined) columns.push(item);
    // Further in, it would be code.
    return inner !== undefined && indent >= inner && indent < inner + 4 ? space : "";
  };
}

const MARK = /^\s*(?:[-*+]|\d{1,9}[.)]) {1,4}(?=\S)/;

/** Takes each line outside code; gives where the text of its item begins. */
export function followItems(): (line: string) => number {
  let columns: number[] = [];
  let isBehindBlank = false;
  return (line) => {
    if (line.trim() === "") {
      isBehindBlank = true;
      return 0;
    }
    const indentation = widthOf(line);
    const mark = MARK.exec(line)?.[0];
    const item = mark === undefined ? undefined : columnsOf(mark);
    if (isBehindBlank || item !== undefined) {
      columns = columns.filter((column) => column <= indentation);
    }
    isBehindBlank = false;
    if (item !== undefined) columns.push(item);
    return item ?? columns.findLast((column) => column <= indentation) ?? 0;
  };
}
