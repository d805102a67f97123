/** `>>>` of GitLab begins and ends a quote. */

import type { ComesLater } from "./later-lines.ts";

const QUOTE = /^\s*>>>\s*$/;

interface Toggles {
  isQuoted(): boolean;
  /** What is shown of a line that begins or ends something; undefined for any other line. */
  line(own: string, index: number): string | undefined;
}

/** Follows the lines of which the same one begins and ends something. */
export function followToggles(comesLater: ComesLater): Toggles {
  let isQuoted = false;
  return {
    isQuoted: () => isQuoted,
    line(own, index) {
      if (!QUOTE.test(own) || !(isQuoted || comesLater(QUOTE, index))) return undefined;
      isQuoted = !isQuoted;
      return "";
    },
  };
}
