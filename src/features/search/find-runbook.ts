/** The shortcut "Find the runbook" on any message: an alert's, a pasted log's, a question's. */

import type { Target } from "../../diagnosis/target.ts";
import type { SearchAnswer } from "../../search/asking.ts";
import { isCourtesy, isPointing, isWordless } from "../../search/kind-of-text.ts";
import { otherLanguage } from "../../search/other-language.ts";
import { pastedLines, withoutColors } from "../../search/pasted-lines.ts";
import { MOST_GUESSES } from "../../search/side-by-side.ts";
import type { IncidentReader } from "../incidents/incident-ports.ts";
import type { GuardedInteractions, OnMessage, Reaction } from "../shared/interactions.ts";
import { shownWords } from "../shared/shown-words.ts";
import type { KnowledgeSource, TargetObservations } from "../shared/sources.ts";
import { wholeRunbook } from "../thread-questions/thread-runbook.ts";
import { guessesOf, inEnglish, logIn, outcomeOf, sectionsAbout } from "./found-sections.ts";
import type { SearchMeter } from "./learning-ports.ts";
import { renderFound } from "./render-found.ts";
import { renderGuesses } from "./render-guesses.ts";

export interface FindPorts {
  readonly incidents: Pick<IncidentReader, "incidentAt">;
  readonly knowledge: KnowledgeSource;
  readonly memory: TargetObservations;
  readonly targets: readonly Target[];
  readonly meter: SearchMeter;
}

/** The callback id of the shortcut in the app's manifest. */
const FIND_RUNBOOK = "find_runbook";

const RESULTS = 5;

/** The row of the shortcut, for all who may read. */
export function findRunbook(ports: FindPorts): Pick<GuardedInteractions, "shortcuts"> {
  return {
    shortcuts: {
      [FIND_RUNBOOK]: { right: "read", run: (message) => reactionTo(ports, message) },
    },
  };
}

async function reactionTo(ports: FindPorts, message: OnMessage): Promise<Reaction> {
  const { channel, ts, threadTs, text } = message;
  const own = await ports.incidents.incidentAt(channel, ts);
  const incident =
    own ??
    (threadTs === undefined ? undefined : await ports.incidents.incidentAt(channel, threadTs));
  const alert = incident?.alerts.find(({ status }) => status === "firing") ?? incident?.alerts[0];
  const target = ports.targets.find(({ name }) => name === incident?.target);
  if (own !== undefined && alert !== undefined) {
    return { kind: "message", message: await wholeRunbook(ports, { alert, target }) };
  }
  if (isCourtesy(text) || isWordless(text) || isPointing(text))
    return shownWords("This message asks nothing, so there is nothing to look up.");
  const found = await search(ports.knowledge, text, alert?.labels ?? {});
  const sections =
    found === undefined ? [] : sectionsAbout(text, ports.knowledge.library(), found.answer);
  ports.meter.searched(found === undefined ? "refused" : outcomeOf(found.answer));
  const language = found === undefined ? otherLanguage(text) : undefined;
  if (language !== undefined) return shownWords(inEnglish(language));
  const log = found === undefined ? undefined : logIn(found.answer);
  if (found?.answer.kind === "unsure" && sections.length > 0) {
    const guesses = guessesOf(found.by, sections, found.answer);
    return { kind: "message", message: renderGuesses(guesses) };
  }
  const subject = { labels: alert?.labels ?? {}, ...(target === undefined ? {} : { target }) };
  return {
    kind: "message",
    message: renderFound(
      { sections, by: log ?? found?.by ?? "", isLog: log !== undefined },
      subject,
    ),
  };
}

interface FoundByPart {
  readonly answer: SearchAnswer;
  /** The part of the message that it was found by. */
  readonly by: string;
}

/**
 * Log texts that a runbook knows go first, wherever they stand. Then the message as a whole, then its
 * lines, those that sound like what went wrong first. Of many lines one fits some page by chance: what a
 * line alone leads to is a guess, unless it names the page.
 */
async function search(
  knowledge: KnowledgeSource,
  text: string,
  labels: Readonly<Record<string, string>>,
): Promise<FoundByPart | undefined> {
  const whole = withoutColors(text).trim();
  if (whole === "") return undefined;
  const ask = async (by: string): Promise<FoundByPart> => ({
    answer: await knowledge.ask(by, { limit: RESULTS, labels }),
    by,
  });
  const first = await ask(whole);
  if (logIn(first.answer) !== undefined) return first;
  const lines = pastedLines(text).toSorted((a, b) => Number(b.isTelling) - Number(a.isTelling));
  const byLine: FoundByPart[] = [];
  for (const { text: line } of lines) {
    const found = await ask(line);
    if (logIn(found.answer) !== undefined) return found;
    byLine.push(found);
  }
  const isSure = ({ answer }: FoundByPart): boolean => answer.kind === "found";
  if (isSure(first)) return first;
  const line = byLine.find(isSure);
  if (line !== undefined) return asGuess(line);
  return [first, ...byLine].find(({ answer }) => answer.kind === "unsure");
}

function asGuess({ answer, by }: FoundByPart): FoundByPart {
  if (answer.kind !== "found" || answer.results[0]?.routes[0]?.route === "name")
    return { answer, by };
  return { answer: { kind: "unsure", results: answer.results.slice(0, MOST_GUESSES) }, by };
}
