/** Remarks of site generators, such as warnings, and the line in bold that each becomes. */

/** By their kind; a shortcode, tag or directive of another name is none. */
const REMARKS =
  /^(?:note|notes|info|information|tip|hint|success|check|done|question|help|faq|warning|warn|caution|attention|danger|error|failure|fail|missing|bug|important|example|quote|cite|abstract|summary|tldr|alert|call-?out|admonition|notice|details|expand|expandable|collapse|collapsible|spoiler|accordion|seealso|todo|deprecated|security)$/i;

/** Whether a word is a kind of remark: note, warning and the like. */
/** Kinds that a class says by itself, as a part of a pattern; `info` and `success` are names of much else. */
export const KINDS_OF_CLASSES = "note|tip|hint|important|warning|caution|danger|attention";

/** Whether a name is that of a kind of remark. */
export function isRemark(kind: string): boolean {
  return REMARKS.test(kind);
}

/** The box alone, of which its title says all. */
const NO_KIND =
  /^(?:admonition|details|expand|expandable|collapse|collapsible|spoiler|accordion|alert|call-?out)$/i;

/** Such a box without a title or a kind: a site shows it as a plain note, and its name says how it looks. */
const PLAIN_BOX = /^(?:admonition|alert|call-?out)$/i;

/** "Danger: Data loss"; the kind in words, and none for a title that was left empty on purpose. */
export function remark(kind: string, title?: string): string {
  const said = title?.trim() ?? "";
  const words = PLAIN_BOX.test(kind) ? "Note" : kindInWords(kind);
  if (said === "") return words;
  const saysKind = said.replace(/:$/, "").toLowerCase() === words.toLowerCase();
  return saysKind || NO_KIND.test(kind) ? said : `${words}: ${said}`;
}

function kindInWords(kind: string): string {
  const words = kind.replace(/-/g, " ").toLowerCase();
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

/** `**Danger: Data loss**`, and what follows begins a line of its own. */
export function labelLine(label: string): string {
  return label === "" ? "" : `**${label}**  `;
}
