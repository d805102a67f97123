/** The pages that come with the bot, and the index of them that all its starts share. */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CACHE_FOLDER } from "../cache-folder.ts";

export const OWN_KNOWLEDGE = fileURLToPath(new URL("../../../knowledge", import.meta.url));

export const OWN_INDEX = join(CACHE_FOLDER, "knowledge.db");
