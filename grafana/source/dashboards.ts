/** All dashboards, as the texts of their files. */

import { BOT } from "./bot.ts";
import { CLUSTER } from "./cluster.ts";
import { CONSUMERS } from "./consumers.ts";
import { type Dashboard, toModel } from "./dashboard.ts";
import { HOST } from "./host.ts";
import { OVERVIEW } from "./overview.ts";
import { printJson } from "./print-json.ts";
import { TOPICS } from "./topics.ts";

const DASHBOARDS: readonly Dashboard[] = [OVERVIEW, TOPICS, CONSUMERS, HOST, CLUSTER, BOT];

export interface DashboardText {
  readonly fileName: string;
  readonly text: string;
}

export function dashboardTexts(): DashboardText[] {
  return DASHBOARDS.map((dashboard) => ({
    fileName: `${dashboard.name}.json`,
    text: printJson(plain(toModel(dashboard))),
  }));
}

/**
 * The SDK's models carry functions as marks of their types, and put every link and annotation into
 * a menu that is closed at first: both are left out.
 */
function plain(model: unknown): unknown {
  return JSON.parse(JSON.stringify(model), (key, value: unknown) =>
    key === "placement" && value === "inControlsMenu" ? undefined : value,
  );
}
