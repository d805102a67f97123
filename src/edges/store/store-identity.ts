/** Which bot this is: a bot is its store, which replicas share and a second bot on the machine does not. */

import { createHash } from "node:crypto";
import { resolve } from "node:path";
import type { StoreAddress } from "../../config/config.ts";

/** The same for each process with this store; a hash, since whoever asks need not learn where it is. */
export function storeIdentity(store: StoreAddress): string {
  const place = store.engine === "sqlite" ? resolve(store.path) : databaseOf(store.url);
  return createHash("sha256").update(`${store.engine} ${place}`).digest("hex").slice(0, 12);
}

/** Host and database, without user and password, which may change. */
function databaseOf(url: string): string {
  if (!URL.canParse(url)) return "";
  const { host, pathname } = new URL(url);
  return host + pathname;
}
