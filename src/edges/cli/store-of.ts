/** Which store a command without the bot may read. */

import type { StoreAddress } from "../../config/config.ts";
import { storeAddress } from "../../config/parse-config.ts";
import { databaseUrl, readConfigFile } from "./read-config.ts";
import type { TerminalWords } from "./terminal-words.ts";

/** Where the bot keeps its incidents, or why that is not known. */
export async function storeOf({
  config,
}: Pick<TerminalWords, "config">): Promise<StoreAddress | string> {
  const { file, yaml } = await readConfigFile({ named: config, env: process.env });
  const address = storeAddress(yaml, await databaseUrl());
  if (address !== undefined) return address;
  return yaml === undefined
    ? `there is no ${file} here: name the bot's configuration with --config FILE`
    : `${file} is not valid: streamline-bot config check says what is wrong`;
}
