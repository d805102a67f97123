/** Long lists in pages, turned by buttons. */

import type { Button } from "@slack/types";
import { button } from "./blocks.ts";
import { buttonRow, carried, footnote, type Part } from "./parts.ts";

/** The button that turns to another page of an answer; its value is the command for it. */
export const TURN_PAGE = "turn_page";

export interface ListPage<T> {
  readonly items: readonly T[];
  /** From 1; a page beyond the last is the last. */
  readonly page: number;
  readonly pages: number;
}

/** One page, counted from 1; beyond the last one it is the last one. */
export function listPage<T>(all: readonly T[], page: number, size: number): ListPage<T> {
  const pages = Math.max(1, Math.ceil(all.length / size));
  const own = Math.min(page, pages);
  return { items: all.slice((own - 1) * size, own * size), page: own, pages };
}

/** Where one is, and the way on; nothing when there is one page. `command` lacks the page. */
export function pageParts({ page, pages }: ListPage<unknown>, command: string): Part[] {
  if (pages === 1) return [];
  const carries = carried(command);
  if (carries === undefined) return [footnote(`Page ${page} of ${pages}`)];
  const to = (label: string, n: number): Button =>
    button(label, { id: `${TURN_PAGE}:${n}`, value: `${carries} page:${n}` });
  return [
    footnote(`Page ${page} of ${pages}`),
    buttonRow([
      ...(page > 1 ? [to("‹ Back", page - 1)] : []),
      ...(page < pages ? [to("Next ›", page + 1)] : []),
    ]),
  ];
}
