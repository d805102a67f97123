/** What people type, as it is kept: without secrets, of bounded length, and such that any database takes it. */

import { redaction } from "../redaction.ts";

/** A question is searched by this many characters, and a note is read by people. */
const MOST_KEPT = 2_000;

/** Passwords and keys as pasted settings and log lines have them, and keys of AWS. */
const SETTINGS =
  /\b((?:[\w.-]{0,40}(?:password|passwd|pwd|secret|token|api[_-]?key|credential)s?)["']?\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s,;&"']+)|\bAKIA[0-9A-Z]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*/gi;

/** The text as it may be stored. It is cut before secrets are sought, so that a long one costs no time. */
export function keptText(text: string): string {
  const bounded = text
    .slice(0, 2 * MOST_KEPT)
    .toWellFormed()
    .replaceAll("\u0000", "");
  const plain = redaction.text(bounded);
  const safe = plain.replace(SETTINGS, (_, name?: string) => `${name ?? ""}[secret]`);
  return safe.slice(0, MOST_KEPT).toWellFormed();
}

/** Equal for questions that differ in case, spaces and the mark at the end only. */
export function normalText(text: string): string {
  const normal = text.toLowerCase().replace(/\s+/g, " ").trim();
  return normal.replace(/(?<![\s?!.])[\s?!.]+$/, "") || normal;
}
