/** Slack's rules for tables and charts. */

import { SLACK } from "./block-limits.ts";
import type { Complaints } from "./complaints.ts";
import { isJson, type Json, object, objects, text } from "./json.ts";

/** Adds a complaint for each rule of a table that the block breaks. */
export function checkTableBlock(block: Json, path: string, complaints: Complaints): void {
  const rows = checkRows(block, path, { complaints, max: SLACK.tableRows });
  const size = rows.flat().reduce((sum, cell) => sum + cellSize(cell), 0);
  if (size > SLACK.tableCharacters) {
    complaints.add(`${path}/rows`, `must be less than ${SLACK.tableCharacters + 1} characters`);
  }
}

/** The same for a table that can be sorted. */
export function checkDataTable(block: Json, path: string, complaints: Complaints): void {
  const rows = checkRows(block, path, { complaints, max: SLACK.dataTableRows });
  if (rows.length < 2) complaints.add(`${path}/rows`, "no less than 2 items allowed");
  complaints.string(block, "caption", { path, max: SLACK.textObject, min: 1, required: true });
  const size = block["page_size"];
  if (size !== undefined && !(typeof size === "number" && size >= 1 && size <= SLACK.pageSize)) {
    complaints.add(`${path}/page_size`, `must be between 1 and ${SLACK.pageSize}`);
  }
}

/** The same for a chart. */
export function checkChart(block: Json, path: string, complaints: Complaints): void {
  complaints.string(block, "title", { path, max: SLACK.chartTitle });
  const chart = object(block, "chart");
  if (chart === undefined) {
    complaints.add(path, "missing required field: chart");
    return;
  }
  const at = `${path}/chart`;
  if (text(chart, "type") === "pie") {
    const rule = { path: at, max: SLACK.series, required: true };
    checkPoints(complaints.list(chart, "segments", rule), `${at}/segments`, complaints);
  } else if (["line", "bar", "area"].includes(text(chart, "type"))) {
    checkSeries(chart, at, complaints);
  } else complaints.add(`${at}/type`, `unsupported type: ${text(chart, "type")}`);
}

function checkSeries(chart: Json, path: string, complaints: Complaints): void {
  const rule = { path, max: SLACK.series, required: true };
  for (const [index, series] of complaints.list(chart, "series", rule).entries()) {
    const at = `${path}/series/${index}`;
    complaints.string(series, "name", { path: at, max: SLACK.chartLabel, min: 1, required: true });
    const points = { path: at, max: SLACK.points, required: true };
    checkPoints(complaints.list(series, "data", points), `${at}/data`, complaints);
  }
}

function checkPoints(points: readonly Json[], path: string, complaints: Complaints): void {
  for (const [index, point] of points.entries()) {
    const at = `${path}/${index}`;
    complaints.string(point, "label", { path: at, max: SLACK.chartLabel, min: 1, required: true });
    if (typeof point["value"] !== "number") complaints.add(`${at}/value`, "must be a number");
  }
}

interface RowsRule {
  readonly complaints: Complaints;
  readonly max: number;
}

function checkRows(block: Json, path: string, { complaints, max }: RowsRule): Json[][] {
  const value = block["rows"];
  const rows = Array.isArray(value) ? value : [];
  const at = `${path}/rows`;
  if (rows.length === 0) complaints.add(path, "missing required field: rows");
  if (rows.length > max) complaints.add(at, `no more than ${max} items allowed`);
  return rows.map((row: unknown, index) => {
    const cells = Array.isArray(row) ? row.filter(isJson) : [];
    if (cells.length > SLACK.tableColumns) {
      complaints.add(`${at}/${index}`, `no more than ${SLACK.tableColumns} items allowed`);
    }
    for (const [column, cell] of cells.entries()) {
      checkCell(cell, `${at}/${index}/${column}`, complaints);
    }
    return cells;
  });
}

/** An empty cell is refused: seen as "missing required field" on `/rows/N/N` (getnao/nao #1143). */
function checkCell(cell: Json, path: string, complaints: Complaints): void {
  switch (text(cell, "type")) {
    case "raw_text":
      complaints.string(cell, "text", { path, max: SLACK.textObject, min: 1, required: true });
      return;
    case "raw_number":
      if (typeof cell["value"] !== "number") complaints.add(path, "missing required field: value");
      return;
    case "rich_text":
      if (objects(cell, "elements").length === 0) {
        complaints.add(path, "missing required field: elements");
      }
      return;
    default:
      complaints.add(`${path}/type`, `unsupported type: ${text(cell, "type")}`);
  }
}

function cellSize(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + cellSize(each), 0);
  if (!isJson(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [name, each]) =>
      sum + (name === "text" && typeof each === "string" ? each.length : cellSize(each)),
    0,
  );
}
