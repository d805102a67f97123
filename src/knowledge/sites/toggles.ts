/** `>>>` of GitLab begins and ends a quote; a rule ends the tabs of DocFX. */

import type { ComesLater } from "./later-lines.ts";

const QUOTE = /^\s*>>>\s*$/;
const TAB = /^#+\s.*\]\(#tab\/[^)]*\)/;
const END_OF_TABS = /^-{3,}\s*$/;

interface Toggles {
  isQuoted(): boolean;
  /** What is shown of a line that begins or ends something; undefined for any other line. */
  line(own: string, index: number): string | undefined;
}

/** Follows the lines of which the same one begins and ends something. */
export function followToggles(comesLater: ComesLater): Toggles {
  let isQuoted = false;
  let isTabbed = false;
  return {
    isQuoted: () => isQuoted,
    line(own, index) {
      if (QUOTE.test(own) && (isQuoted || comesLater(QUOTE, index))) {
        isQuoted = !isQuoted;
        return "";
      }
      if (isTabbed && END_OF_TABS.test(own)) {
        isTabbed = false;
        return "";
      }
      isTabbed ||= TAB.test(own);
      return undefined;
    },
  };
}
