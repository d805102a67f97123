/** A Slack table of strangers' text: every cell is raw, so nothing in it can mention or link. */

import type { TableBlock } from "@slack/types";
import { line } from "./text.ts";

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string;
  /** The most characters of a cell; longer ones end in "…". */
  readonly most: number;
}

/** Slack refuses an empty cell, so one without text holds a dash. */
export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): TableBlock {
  const body = rows.map((row) => columns.map(({ cell, most }) => raw(line(cell(row), most))));
  return {
    type: "table",
    column_settings: columns.map(() => ({ is_wrapped: true })),
    rows: [columns.map(({ title }) => raw(title)), ...body],
  };
}

function raw(text: string): { type: "raw_text"; text: string } {
  return { type: "raw_text", text: text === "" ? "–" : text };
}
