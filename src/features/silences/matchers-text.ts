/** A silence's matchers in mrkdwn. */

import { matcherText, type SilenceMatcher } from "../../alerts/silence.ts";
import { code } from "../../block-kit/text.ts";

/** Matchers told one by one, and characters of each. */
const TOLD = 6;
const MATCHER = 120;

/** `alertname="A"`, `job=~"x.*"`, as code; one that is too long is cut. */
export function matchersText(matchers: readonly SilenceMatcher[]): string {
  const told = matchers.slice(0, TOLD).map((each) => code(matcherText(each), MATCHER));
  const left = matchers.length - told.length;
  return left > 0 ? `${told.join(" ")} and ${left} more` : told.join(" ");
}
