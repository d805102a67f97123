/** The documents that are written from the schema and the command table: path -> text. */

import { readFileSync } from "node:fs";
import { configReference } from "../../config/config-reference.ts";
import { configJsonSchema } from "../../config/config-schema.ts";
import { answersJsonSchema } from "../answers/answer-json.ts";
import { manPage } from "./man-page.ts";

const CHART_VALUES = "docs/deploy/chart/streamline-incident-bot/values.schema.json";

/**
 * The schema of the chart's values with the bot's own for `config`, so that Helm refuses what the bot
 * would refuse once it is started. Where it stores and listens is set by the chart.
 */
function chartValuesSchema(): object {
  const values = JSON.parse(
    readFileSync(new URL(`../../../${CHART_VALUES}`, import.meta.url), "utf8"),
  ) as { readonly properties: object };
  const { properties, required } = configJsonSchema();
  const config = {
    type: "object",
    required,
    additionalProperties: false,
    properties: { ...properties, store: false, listen: false },
  };
  return { ...values, properties: { ...values.properties, config } };
}

/** Texts by their paths from the repository's root; nothing is written. */
export function referenceFiles(): Readonly<Record<string, string>> {
  return {
    "docs/configuration.md": configReference(),
    "docs/streamline-bot.schema.json": `${JSON.stringify(configJsonSchema(), null, 2)}\n`,
    "docs/streamline-bot-answers.schema.json": `${JSON.stringify(answersJsonSchema(), null, 2)}\n`,
    "docs/streamline-bot.1": manPage(),
    [CHART_VALUES]: `${JSON.stringify(chartValuesSchema(), null, 2)}\n`,
  };
}
