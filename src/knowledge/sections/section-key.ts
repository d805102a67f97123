/** A short name of a section, for places that hold few characters: buttons, options of a select. */

import { hashSeries } from "../../exposition/series-hash.ts";

/**
 * The same for the same id always, since a button may be clicked days later. An id always has a
 * `#` and never is a key: files may be called anything, so a section is looked up by both.
 */
export function sectionKey(id: string): string {
  return `~${hashSeries(id, {}, undefined).toString(36)}`;
}
