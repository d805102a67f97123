/** A tag that went over several lines, as its lines are afterwards. */

import type { JsxValues } from "./jsx-words.ts";
import type { TabName } from "./tab-names.ts";

/** A tag of more lines than this is none: somebody forgot its end. */
export const MOST_LINES = 60;

/** A tag on one line. */
export interface JoinedTag {
  readonly text: string;
  /** The lines after its first one that it takes. */
  readonly below: readonly string[];
  readonly tabs?: readonly TabName[];
}

/** Where a tag may begin, and what is known of its page. */
export interface TagPlace {
  readonly at: number;
  /** The page imports or exports something. */
  readonly isMdx: boolean;
  readonly odd: number[];
  /** What it exports. */
  readonly values: JsxValues;
  /** The searches in vain that are left. */
  readonly room: { tries: number; longTries: number };
}

/** Words of a component as an item of a list; code stands by itself. */
export function itemOf(words: string): string {
  return words === "" || words.startsWith("<pre>") ? words : `- ${words}`;
}

/** In place of lines whose words stand above. */
export function emptyLines(count: number): string[] {
  return Array.from({ length: count }, () => "");
}
