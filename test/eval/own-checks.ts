/** The checks of our own runbooks, as the bot loads them. */

import { readdirSync, readFileSync } from "node:fs";
import { type LoadedChecks, loadChecks } from "../../src/diagnosis/checks/load-checks.ts";
import { readPage } from "../../src/knowledge/read-page.ts";

const RUNBOOKS = new URL("../../knowledge/runbooks/", import.meta.url);

let known: LoadedChecks | undefined;

/** Read once for all tests of a process: it takes half a second. */
export function ownChecks(): LoadedChecks {
  known ??= readChecks();
  return known;
}

function readChecks(): LoadedChecks {
  const pages = readdirSync(RUNBOOKS).flatMap((name) => {
    const text = readFileSync(new URL(name, RUNBOOKS), "utf8");
    const result = readPage({ file: `runbooks/${name}`, folder: "knowledge", text });
    return result.kind === "page" ? [result.page] : [];
  });
  return loadChecks(pages);
}
