/** One recording without labels: what the diagnosis says at each poll, shown when it changes. */

import { inlineWords } from "../../../src/block-kit/rich-words.ts";
import { diagnose } from "../../../src/diagnosis/checks/diagnose.ts";
import { evidenceOf } from "../../../src/diagnosis/checks/evidence-of-history.ts";
import { terminalText } from "../../../src/edges/cli/terminal-text.ts";
import { playRecording } from "../../../src/edges/recording/play-recording.ts";
import { verdictElements } from "../../../src/features/why-slow/diagnosis-words.ts";
import { ownChecks } from "../own-checks.ts";
import type { Said } from "./judge-moment.ts";
import { saidBy } from "./play-labelled.ts";

interface ReplayedFile {
  readonly polls: number;
  /** What of the file cannot be read. */
  readonly problems: readonly string[];
}

export interface ReplayedAnswer extends Said {
  readonly ms: number;
  /** The verdict in words. */
  readonly says: string;
}

/** Plays one recording; `on` gets the first answer, and each that differs from the one before. */
export async function replayFile(
  file: string,
  on: (answer: ReplayedAnswer) => void,
): Promise<ReplayedFile> {
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
      const says = spoken(inlineWords(verdictElements(diagnosis, "the recorded server")));
      on({ ms: nowMs, ...said, says });
    },
  });
  return {
    polls,
    problems: [
      ...(problems.broken > 0 ? [`${problems.broken} lines could not be read`] : []),
      ...(problems.isCut ? ["the end of the file is missing"] : []),
      ...(polls === 0 ? [`${file} holds no poll of a server`] : []),
    ],
  };
}

/** A line of what the program prints of an answer. */
export function replayedLine({ ms, says }: ReplayedAnswer): string {
  return `${new Date(ms).toISOString()}  ${says}`;
}

/** As a terminal has it, with the times of the lines before it. */
function spoken(mrkdwn: string): string {
  return terminalText(mrkdwn, { isColoured: false, timeZone: "UTC" });
}
