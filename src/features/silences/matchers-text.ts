/** A silence's matchers in mrkdwn. */

import { matcherText, type SilenceMatcher } from "../../alerts/silence.ts";
import { code, listed } from "../../block-kit/text.ts";

/** Matchers shown one by one, and characters of each. */
const SHOWN = 6;
const MATCHER = 120;

/** `alertname="A"`, `job=~"x.*"`, as code; one that is too long is cut. */
export function matchersText(matchers: readonly SilenceMatcher[]): string {
  const textOf = (each: SilenceMatcher) => code(matcherText(each), MATCHER);
  return listed(matchers, { most: SHOWN, textOf, between: " " });
}
