/** An alert that no page covers, as a message. */

import { NO_ALERTNAME } from "../../alerts/alert.ts";
import type { AlertLink } from "../../alerts/alert-links.ts";
import { context, paragraph } from "../../block-kit/blocks.ts";
import type { Message } from "../../block-kit/message.ts";
import { escaped, line, mrkdwnLink } from "../../block-kit/text.ts";
import type { Section } from "../../knowledge/page.ts";
import { sectionPath } from "../../knowledge/section-path.ts";
import { sectionButtons } from "./section-buttons.ts";

export interface NoRunbookExtras {
  /** The page that the alert itself names. */
  readonly own?: AlertLink | undefined;
  /** No target is known that the alert speaks of, so nothing was checked for it. */
  readonly isOfNoTarget?: boolean;
}

/** No page answers this alert: said plainly, with the nearest sections, or how it gets a page. */
export function renderNoRunbook(
  alert: string,
  nearest: readonly Section[],
  { own, isOfNoTarget = false }: NoRunbookExtras = {},
): Message {
  const name = alert === NO_ALERTNAME ? "an alert without a name" : escaped(line(alert, 200));
  const unchecked = isOfNoTarget ? [NO_TARGET] : [];
  const first = own === undefined ? `No runbook covers ${name}.` : ownRunbookText(name, own);
  const list = nearest.map((section) => `• ${escaped(sectionPath(section))}`);
  const offered = nearest.length === 0 ? [] : ["The nearest sections:"];
  const nothing = own === undefined && nearest.length === 0 ? [howToCover(alert)] : [];
  return {
    text: [[first, ...unchecked, ...nothing, ...offered].join(" "), ...list].join("\n"),
    blocks: [
      paragraph(own === undefined ? `*${first}*` : first),
      ...unchecked.map(context),
      ...nothing.map(context),
      ...offered.flatMap((words) => [context(words), ...sectionButtons(nearest)]),
    ],
  };
}

const NO_TARGET =
  "I cannot check it from here, because its labels match none of the configured targets.";

/** What whoever solves it can do for the next one. */
function howToCover(alert: string): string {
  const isNamed = alert !== NO_ALERTNAME && /^[\w.-]{1,80}$/.test(alert);
  const page = isNamed ? `a page with \`alerts: [${alert}]\`` : "a page that names it";
  return `No section of the runbooks is similar. For the next time, add ${page} to a folder under \`knowledge:\` in the configuration.`;
}

/** What the alert itself names is offered first; the text says where it leads. */
function ownRunbookText(name: string, { url, host }: AlertLink): string {
  const link = mrkdwnLink(url, `Runbook of ${name} at ${escaped(host, 100)}`);
  return `📖 ${link}, which the alert names.`;
}
