/** A text with the letters that a person sees in it. */

/**
 * Signs without width, marks that turn the direction, soft hyphens: "con\u00adsumer" is one word. This set is
 * the widest, since it only compares words: what is shown keeps the joiners that scripts and emoji need
 * (`clean` in block-kit/text.ts), and a page's Markdown loses only what editors leave behind.
 */
const UNSEEN = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** Letters of another width, and those that only look bold or slanted: of Asian keyboards, and of pretty names. */
const STYLED = /[\u3000\uff01-\uff5e\u{1d400}-\u{1d7ff}]/u;

const UNUSUAL = /[\u00ad\u200b-\uffff]/;

/** Without what nobody sees, and with plain letters for styled ones. */
export function plainLetters(text: string): string {
  if (!UNUSUAL.test(text)) return text;
  const seen = text.replace(UNSEEN, "");
  return STYLED.test(seen) ? seen.normalize("NFKC") : seen;
}
