/** The pages as the bot would read them, and the alert rules: how many, and what is wrong in them. */

import type { Config } from "../../config/config.ts";
import { loadChecks } from "../../diagnosis/checks/load-checks.ts";
import { fine, note, type SetupCheck, wrong } from "../../features/doctor/setup-check.ts";
import { openKnowledge } from "../knowledge/knowledge-folders.ts";
import { OWN_INDEX, OWN_KNOWLEDGE, terminalIndexOf } from "../knowledge/own-knowledge.ts";
import { createLog } from "../log.ts";
import { readRuleFiles } from "../rule-files.ts";

const PLACE = { area: "Knowledge", where: "pages" } as const;

function remedyFor(reason: string): string {
  return reason.startsWith("the folder cannot be read")
    ? "Make it readable for the bot, or change knowledge"
    : "Fix the page; the bot uses the rest of it";
}

/** Checks of all folders and rule files; nothing of it is kept open. */
export async function checkKnowledge({ knowledge, rules, store }: Config): Promise<SetupCheck[]> {
  const log = createLog("silent");
  const pages = await openKnowledge({
    folders: [OWN_KNOWLEDGE, ...knowledge],
    sharedIndexFile: OWN_INDEX,
    ...terminalIndexOf(store, knowledge),
    log,
  });
  try {
    const library = pages.current();
    const problems = [...library.problems, ...loadChecks(library.pages).problems];
    const read = await readRuleFiles(rules, log);
    return [
      library.pages.length === 0
        ? wrong(
            PLACE,
            "no page could be read",
            "Install the bot again: its folder knowledge/ is missing",
          )
        : fine(PLACE, `${library.pages.length} pages are read`),
      ...problems.map(({ file, line, reason }) =>
        note({ area: "Knowledge", where: `${file} line ${line}` }, reason, remedyFor(reason)),
      ),
      ...read.problems.map((problem) =>
        note(
          { area: "Knowledge", where: "rules" },
          problem,
          "Fix the rule: promtool check rules FILE",
        ),
      ),
    ];
  } finally {
    await pages.close();
  }
}
