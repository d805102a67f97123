/** One recording without labels: what the diagnosis says at each poll, shown when it changes. */

import { inlineWords } from "../../../src/block-kit/rich-words.ts";
import { diagnose } from "../../../src/diagnosis/checks/diagnose.ts";
import { evidenceOf } from "../../../src/diagnosis/checks/evidence-of-history.ts";
import { terminalText } from "../../../src/edges/cli/terminal-text.ts";
import { playRecording } from "../../../src/edges/recording/play-recording.ts";
import { verdictElements } from "../../../src/features/why-slow/diagnosis-words.ts";
import { ownChecks } from "../own-checks.ts";
import { saidBy } from "./play-labelled.ts";

/** False when nothing could be read of the file. */
export async function replayFile(
  file: string,
  { isJson }: { readonly isJson: boolean },
): Promise<boolean> {
  const { checks } = ownChecks();
  let before = "";
  const { polls, problems } = await playRecording(file, {
    phases: 1,
    before: (_timeMs, [history]) => {
      const nowMs = history?.stats().lastMs;
      if (history === undefined || nowMs === undefined) return;
      const diagnosis = diagnose({ checks, evidence: evidenceOf(history), nowMs });
      const said = saidBy(diagnosis);
      const key = JSON.stringify([said.verdict, said.first, said.tense]);
      if (key === before) return;
      before = key;
      const text = isJson
        ? JSON.stringify({ ms: nowMs, ...said })
        : `${new Date(nowMs).toISOString()}  ${spoken(inlineWords(verdictElements(diagnosis, "the recorded server")))}`;
      process.stdout.write(`${text}\n`);
    },
  });
  if (problems.broken > 0) process.stderr.write(`${problems.broken} lines could not be read\n`);
  if (problems.isCut) process.stderr.write("the end of the file is missing\n");
  if (polls === 0) process.stderr.write(`${file} holds no poll of a server\n`);
  return polls > 0;
}

/** As a terminal has it, with the times of the lines before it. */
function spoken(mrkdwn: string): string {
  return terminalText(mrkdwn, { isColoured: false, timeZone: "UTC" });
}
