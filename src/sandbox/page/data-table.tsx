/** A `data_table`: sortable rows, a page at a time. slack-blocks-to-jsx does not draw it. */

import { useState } from "react";
import { isJson } from "../slack/json.ts";
import type { Json } from "../slack/page-protocol.ts";
import { keyed } from "./keyed.ts";
import { PassiveBlocks } from "./passive-blocks.tsx";
import { str } from "./shown-message.ts";

/** Slack's own page size where the block names none. */
const PAGE_SIZE = 5;

interface Sorting {
  readonly column: number;
  readonly isDescending: boolean;
}

/** A table that sorts by a heading's click; pages of `page_size` rows, or five. */
export function DataTable({ block }: { readonly block: Json }) {
  const [page, setPage] = useState(0);
  const [sorting, setSorting] = useState<Sorting>();
  const [head = [], ...body] = rowsOf(block);
  const size = typeof block["page_size"] === "number" ? block["page_size"] : PAGE_SIZE;
  const rows =
    sorting === undefined ? body : body.toSorted((one, other) => compare(one, other, sorting));
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const sortBy = (column: number) => {
    setPage(0);
    setSorting({ column, isDescending: sorting?.column === column && !sorting.isDescending });
  };
  return (
    <div className="data-table">
      <div className="data-table-scroll">
        <table>
          <caption>{str(block["caption"])}</caption>
          <Head cells={head} sorting={sorting} onSort={sortBy} />
          <Rows rows={rows.slice(page * size, (page + 1) * size)} />
        </table>
      </div>
      {pages > 1 && <Pager page={page} pages={pages} onPage={setPage} />}
    </div>
  );
}

interface HeadProps {
  readonly cells: readonly Json[];
  readonly sorting: Sorting | undefined;
  readonly onSort: (column: number) => void;
}

function Head({ cells, sorting, onSort }: HeadProps) {
  const columns = keyed([...cells.entries()], ([, cell]) => wordsOf(cell));
  return (
    <thead>
      <tr>
        {columns.map(({ key, item: [column, cell] }) => (
          <th key={key} scope="col" aria-sort={ariaSort(sorting, column)}>
            <button type="button" className="data-table-sort" onClick={() => onSort(column)}>
              {wordsOf(cell)}
            </button>
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Rows({ rows }: { readonly rows: readonly (readonly Json[])[] }) {
  return (
    <tbody>
      {keyed(rows, (row) => row.map(wordsOf).join(" ")).map(({ key, item: row }) => (
        <tr key={key}>
          {keyed(row, wordsOf).map((cell) => (
            <td key={cell.key}>
              <Cell cell={cell.item} />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

interface PagerProps {
  readonly page: number;
  readonly pages: number;
  readonly onPage: (page: number) => void;
}

function Pager({ page, pages, onPage }: PagerProps) {
  return (
    <div className="data-table-foot">
      <button
        type="button"
        className="button"
        disabled={page === 0}
        onClick={() => onPage(page - 1)}
      >
        Previous
      </button>
      <span>
        Page {page + 1} of {pages}
      </span>
      <button
        type="button"
        className="button"
        disabled={page === pages - 1}
        onClick={() => onPage(page + 1)}
      >
        Next
      </button>
    </div>
  );
}

function Cell({ cell }: { readonly cell: Json }) {
  return str(cell["type"]) === "rich_text" ? <PassiveBlocks blocks={[cell]} /> : wordsOf(cell);
}

function rowsOf(block: Json): Json[][] {
  const rows = block["rows"];
  return Array.isArray(rows)
    ? rows.map((row: unknown) => (Array.isArray(row) ? row.filter(isJson) : []))
    : [];
}

function compare(one: Json[], other: Json[], { column, isDescending }: Sorting): number {
  const [left, right] = [one[column], other[column]].map((cell) => wordsOf(cell ?? {}));
  const order = (left ?? "").localeCompare(right ?? "", undefined, { numeric: true });
  return isDescending ? -order : order;
}

/** The text of a cell; a rich one's pieces joined. */
function wordsOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(wordsOf).join("");
  if (!isJson(value)) return "";
  const own = str(value["text"]) || str(value["value"]);
  return own === "" ? wordsOf(value["elements"]) : own;
}

function ariaSort(sorting: Sorting | undefined, column: number) {
  if (sorting?.column !== column) return "none";
  return sorting.isDescending ? "descending" : "ascending";
}
