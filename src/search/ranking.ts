/**
 * The numbers of the ranking, together, since they were tuned together: on written
 * questions about this project's own knowledge (tuning half), and on public runbooks and
 * manuals that are not part of it. test/bench/README.md tells how to measure a change.
 */
export const RANKING = {
  /** How much a word counts in a section's names, heading, symptoms and log texts, and text. */
  fieldWeights: [3, 2, 4, 1],
  /** How much a long field dilutes its words: BM25's b, by field. */
  lengthPenalty: [0.4, 0.4, 0.3, 0.9],
  /** BM25's k1: how slowly more of one word stops counting. */
  saturation: 2.5,
  /** A thing of the thesaurus in another word, beside the word itself. */
  thing: 0.75,
  /** A mended word, beside one that was typed right. */
  mended: 0.8,
  /** A number, beside a word as rare. */
  number: 0.5,
  /** Two words written as one, or the other way round. */
  joined: 0.9,
  /** What the best of a section's subject says, beside what it says itself. */
  subject: 1,
  /** Each further section of a subject counts this much of the one before. */
  further: 0.85,
  /** What a full name and a full log text add to a word score of 0 to 1. */
  name: 1.5,
  log: 3,
  /** What the alert's labels, and a finding that names the section, add at most. */
  labels: 0.1,
  finding: 0.2,
  /** What people's verdicts on a section add, or take, at most. */
  learned: 0.1,
};

/**
 * When an answer is sure enough to be given. Fitted as a logistic regression on questions
 * with an answer and on 130 without, over four collections of 440 to 5,800 sections, then
 * set so that nine of ten of the latter are refused; test/bench/README.md has the figures.
 */
export const CERTAINTY = {
  /** A name at least this near is an answer, whatever the words say. */
  name: 0.75,
  /** What a word score needs, and more in a larger collection: something always fits a little. */
  needed: 0.45,
  neededPerLogSection: 0.04,
  /** The more words a question has, the smaller the part that any section can match. */
  perLogWord: 0.253,
  /** The part of the question that no section has at all, and the part that was mended. */
  missing: -0.49,
  mended: -0.08,
};
