/** A message -> the questions in it. */

import { splitWords } from "./split-words.ts";
import { STOP_WORDS } from "./stop-words.ts";

/** A message with more questions than this is a form to fill in. */
const MOST_QUESTIONS = 3;
/** A question of fewer words ("Why?") asks about the sentence before. */
const FEWEST_WORDS = 3;

/** The questions of one message, each by itself; the whole text when there is only one. */
export function questionsOf(text: string): string[] {
  const sentences = text
    .split(
      /(?<=\?)\s+|(?<!\s)(?=\s*\n)\s+(?!\s)(?=[-*•\d]?[.)]?\s*(?:how|why|what|where|when|which|who|can|is|are|do|does)\b)/i,
    )
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "");
  const asked = sentences.filter(
    (sentence) => sentence.endsWith("?") && sentence.split(/\s+/).length >= FEWEST_WORDS,
  );
  const isSeveral = asked.length >= 2 && asked.length === sentences.length;
  const several = isSeveral ? asked : [text];
  const questions = several.flatMap(joinedQuestions);
  if (questions.length <= MOST_QUESTIONS) return questions;
  return several.length <= MOST_QUESTIONS ? several : [text];
}

const ASKING_VERB = "(?:do|does|did|is|are|was|were|can|could|should|will|would|must|may)";
/** How a question of its own begins: "where do I", "how to"; not "how the leader", a part of another. */
const OPENING = [
  `(?:how|why|where|when|what|who|which) (?:${ASKING_VERB}|to)\\b`,
  "how (?:many|much|long|often|big|large|far|fast)\\b",
  `(?:which|what) \\w+ (?:\\w+ )?${ASKING_VERB}\\b`,
  "what (?:happens|causes|means)\\b",
  `${ASKING_VERB} (?:i|we|you|the|an?|there|my|our|anyone|somebody)\\b`,
].join("|");
const ASKS = new RegExp(`\\b(?:${OPENING})`, "i");
const JOINT = new RegExp(`[,;]? (?:and|plus|&) (?:also |then )?(?=${OPENING})`, "i");
/** "Which port does Prometheus read and the login for the admin port": the second has left out its "what is". */
const ELIDED = /[,;]? (?:and|plus|&) (?:also )?(?=(?:the|an?|our|my) (?:\w+ ){1,2}(?:for|of|to) )/i;
const ASKS_FOR_A_THING = new RegExp(
  `^(?:(?:which|what) \\w+ (?:\\w+ )?${ASKING_VERB}|(?:what|where) (?:is|are))\\b`,
  "i",
);
/** "What is the difference of a and b": one question of two things. */
const OF_BOTH = /\b(?:between|both|differences?|same|compare[ds]?|versus|vs)\b/i;
/** "And how do I stop it" means what was said before. */
const REFERS = /\b(?:it|its|them|they|their|that|this|these|those|there|one|ones)\b/i;
/** A longer text is told, or pasted, and no two questions. */
const LONGEST_JOINED = 300;
const FEWEST_JOINED = 4;

/** "How do I add a partition and where do I see lag": two questions, unless one leans on the other. */
function joinedQuestions(text: string): string[] {
  if (text.length > LONGEST_JOINED || text.includes("\n")) return [text];
  const isElided = ASKS_FOR_A_THING.test(text) && !OF_BOTH.test(text);
  const [first = "", ...others] = text
    .split(JOINT)
    .flatMap((part) => (isElided ? part.split(ELIDED) : part))
    .map((part) => part.trim());
  const stands = (part: string): boolean =>
    part.split(/\s+/).length >= FEWEST_JOINED &&
    splitWords(part).parts.some((word) => !STOP_WORDS.has(word));
  const isEachOne =
    ASKS.test(first) && stands(first) && others.every((part) => stands(part) && !REFERS.test(part));
  return isEachOne ? [first, ...others] : [text];
}

/** Who, and what is the matter: "lag is high", "the disk fills up". */
const STATES =
  "(?:is|are|was|were|has|have|gets?|got|keeps?|goes|went|grows?|climbs?|rises?|fails?|fills?|stops?|falls?|runs?|drops?|times?)";
const STATEMENT = new RegExp(`^(?!${OPENING})(?:\\S+ ){1,4}${STATES} \\S`, "i");
const BESIDE = /,? (?:and|plus|&) (?:also |now |then )?/i;

/** "Lag is high and the disk is full": the two things that are the matter, or none where one leans on the other. */
export function statementsOf(text: string): string[] {
  if (text.length > LONGEST_JOINED || text.includes("\n")) return [];
  const parts = text.split(BESIDE).map((part) => part.trim());
  const stands = (part: string): boolean => STATEMENT.test(part) && !REFERS.test(part);
  return parts.length === 2 && parts.every(stands) ? parts : [];
}
