/**
 * Where the bot keeps what it can make again at any time: compiled code, what it read of its own
 * pages, the sandbox's page. Removing the folder costs the next start a few seconds and nothing else.
 */

import { fileURLToPath } from "node:url";

/**
 * Beside the installed packages, as other tools do: a new installation begins with an empty one.
 * STREAMLINE_BOT_CACHE names another folder, for where that one cannot be written.
 */
export const CACHE_FOLDER =
  process.env["STREAMLINE_BOT_CACHE"] ??
  fileURLToPath(new URL("../../node_modules/.cache/streamline-incident-bot", import.meta.url));
