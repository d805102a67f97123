/** The checks of our own runbooks, as the bot loads them. */

import { readdirSync, readFileSync } from "node:fs";
import { type LoadedChecks, loadChecks } from "../../src/diagnosis/checks/load-checks.ts";
import { readPage } from "../../src/knowledge/read-page.ts";

const RUNBOOKS = new URL("../../knowledge/runbooks/", import.meta.url);

export function ownChecks(): LoadedChecks {
  const pages = readdirSync(RUNBOOKS).flatMap((name) => {
    const text = readFileSync(new URL(name, RUNBOOKS), "utf8");
    const result = readPage({ file: `runbooks/${name}`, folder: "knowledge", text });
    return result.kind === "page" ? [result.page] : [];
  });
  return loadChecks(pages);
}
