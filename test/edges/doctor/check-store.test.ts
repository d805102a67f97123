/** What the doctor says of a file that another version made, or another program. */

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import type { Config } from "../../../src/config/config.ts";
import { checkStore } from "../../../src/edges/doctor/check-store.ts";
import { openDatabase } from "../../../src/edges/store/database.ts";

test("a store of a newer version and a file of another program are wrong, one of this version is not", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "bot-store-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "bot.db");
  const judged = async (file = path) =>
    (await checkStore({ store: { engine: "sqlite", path: file } } as Config))[0];
  assert.equal(await judged(), undefined, "the first start makes it");
  await (await openDatabase({ engine: "sqlite", path })).close();
  assert.equal(await judged(), undefined);

  const database = new DatabaseSync(path);
  database.exec("insert into kysely_migration values ('9999-later', '2030-01-01T00:00:00Z')");
  database.close();
  const newer = await judged();
  assert.equal(newer?.state, "wrong");
  assert.match(newer?.says ?? "", /9999-later/);
  assert.match(newer?.remedy ?? "", /newer/);

  const text = join(folder, "notes.txt");
  writeFileSync(text, "no database at all\n".repeat(100));
  assert.match((await judged(text))?.says ?? "", /not a store of the bot/);
});
