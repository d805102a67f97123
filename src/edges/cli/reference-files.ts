/** The documents that are written from the schema and the command table: path -> text. */

import { configReference } from "../../config/config-reference.ts";
import { configJsonSchema } from "../../config/config-schema.ts";
import { answersJsonSchema } from "../answers/answer-json.ts";
import { manPage } from "./man-page.ts";

export function referenceFiles(): Readonly<Record<string, string>> {
  return {
    "docs/configuration.md": configReference(),
    "docs/streamline-bot.schema.json": `${JSON.stringify(configJsonSchema(), null, 2)}\n`,
    "docs/streamline-bot-answers.schema.json": `${JSON.stringify(answersJsonSchema(), null, 2)}\n`,
    "docs/streamline-bot.1": manPage(),
  };
}
