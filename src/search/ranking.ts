/**
 * The numbers of the ranking, together, since they were tuned together: on written
 * questions about this project's own knowledge (tuning half), and on public runbooks and
 * manuals that are not part of it. test/bench/README.md tells how to measure a change.
 */
export const RANKING = {
  /** How much a word counts in a section's names, heading, symptoms and log texts, and text. */
  fieldWeights: [3, 2, 4, 1],
  /** How much a long field dilutes its words: BM25's b, by field. */
  lengthPenalty: [0.4, 0.4, 0.5, 0.6],
  /** BM25's k1: how slowly more of one word stops counting. */
  saturation: 3.5,
  /** A thing of the thesaurus in another word, beside the word itself. */
  thing: 0.75,
  /** A mended word, beside one that was typed right. */
  mended: 0.8,
  /** A number, beside a word as rare. */
  number: 0.5,
  /** A word of a label's value, beside a word as rare. */
  value: 0.3,
  /** Two words written as one, or the other way round. */
  joined: 0.9,
  /** What the best of a section's subject says, beside what it says itself. */
  subject: 0.75,
  /** What a phrase of a section's that is the whole question adds. */
  phrase: 0.5,
  /** Each further section of a subject counts this much of the one before. */
  further: 0.65,
  /** What a full name and a full log text add to a word score of 0 to 1. */
  name: 1.5,
  log: 3,
  /** What the alert's labels, and a finding that names the section, add at most. */
  labels: 0.1,
  finding: 0.2,
  /**
   * What a page about an alert gets before a guide when the question has an address, a share or another
   * measured value in it: that is how alerts speak, and people who repeat them.
   */
  alertPage: 0.1,
  /** What people's verdicts on a section add, or take, at most. */
  learned: 0.1,
};

/**
 * When an answer is sure enough to be given: what the match rests on, weighed and added up,
 * must not be negative. The weights are those of a logistic regression on 312 questions with
 * an answer and 301 without, over ten collections; the base, and where guesses end, were moved since
 * on a half of eight others (test/bench/README.md). Also tried, and of no use on collections the weights were not fitted on: the margin
 * over the next subject, how many of the best sections share a subject, the rarest word that
 * is absent, and the rarity of the words.
 */
export const CERTAINTY = {
  /** A name at least this near is an answer, if it has so many letters or is the question. */
  name: 0.75,
  letters: 10,
  /** And if it is not longer than this many times the question. */
  longerName: 1.5,
  /** All that follows must outweigh this. */
  base: -1.69,
  /** Down to here the nearest sections are offered as guesses; below, nothing is. */
  unsure: -2.05,
  /** The question names a product that the subject does not: it is about that. */
  foreignProduct: -6,
  /** A product that more than this part of the sections name is what the collection is about. */
  usual: 0.05,
  /** It names somebody's own service or app, or a product that is met in passing: a guess at most. */
  foreignSystem: -1,
  /** More of the question than this is in no section: it may be about what those words say, so it is a guess. */
  mostMissing: 0.3,
  barelyUnsure: -0.01,
  /** A question that begins with a product is answered when a phrase is at least this near. */
  leastOfProduct: 0.45,
  /**
   * Where pages name people's own phrases, the answer is given when the nearest phrase, the lead over the
   * next subject, and how much of the question the section has, outweigh this; else it is a guess. The
   * weights are those of a logistic regression on 740 questions of operators, each asked of an index
   * without the phrases that are nearly the question itself, so that it was as unseen as a new one.
   * Fitted on nine tenths and asked on the last: with 32 of 912 answered wrongly 377 are answered
   * rightly, where the rule before, of the phrase and the lead alone, gave 310.
   * The phrase and the lead were doubled, nearly, on 130 questions more: as many right answers are sure,
   * and five instead of seven wrong ones.
   */
  phrased: -6.85,
  perPhrase: 1.72,
  perLead: 4.3,
  mostLead: 0.3,
  perLogWord: 1.34,
  perMissing: -2.65,
  perHeader: 1.72,
  perLiteral: 3.4,
  /**
   * Where pages name none, the answer is given when its lead over the next subject, as a share of its score,
   * and how many of the words it has, outweigh this: a logistic regression on the half of eight collections
   * (test/bench/README.md). Of 271 sure answers there it keeps 182 of 197 right ones, 51 of 74 wrong ones.
   */
  leading: -2.58,
  perLeadShare: 4.74,
  mostLeadShare: 0.6,
  perLogMet: 1.51,
  /** And a guess loses this for what its nearest phrase is short of, so that it is rather none. */
  unphrased: -4,
  leastPhrase: 0.25,
  /** The word score. */
  words: 8.82,
  /** How many words the section has as typed, its subject has at all, its header has. */
  perLogLiteral: 0.92,
  perLogSubject: 1.71,
  perLogHeader: 1.25,
  /** In a larger collection something always fits a little. */
  perLogSection: -0.61,
  /** The part of the question that no section has at all. */
  missing: -7.01,
  /** The part that was mended in words of few letters, each near many others. */
  mendedShort: -2.45,
  shortWord: 6,
  /** The part written as names are that the subject does not have: it is about another thing. */
  properAbsent: -10.68,
};
