/** What the composer offers for the word under the caret: commands after `/`, names after `@`. Pure. */

import type { PageState } from "../slack/page-protocol.ts";

export interface Suggestion {
  readonly id: string;
  readonly label: string;
  /** Words that the command takes. */
  readonly hint: string;
  readonly about: string;
  /** What stands before the caret once it is taken over. */
  readonly text: string;
  /** Nothing more is offered after it. */
  readonly isComplete: boolean;
  readonly userId?: string;
}

export interface ComposedText {
  readonly text: string;
  /** Where the caret stands in the text. */
  readonly caret: number;
  readonly isThread: boolean;
}

/** None where the word under the caret is neither a command nor a name. */
export function findSuggestions(page: PageState, written: ComposedText): readonly Suggestion[] {
  const before = written.text.slice(0, written.caret);
  if (before.startsWith("/")) return written.isThread ? [] : commandsFor(page, before);
  const mention = /(^|\s)@([\p{L}\d_-]*)$/u.exec(before);
  return mention === null ? [] : namesFor(page, before, mention[2] ?? "");
}

/** `/str`, `/streamline se` and, for the hurried, `/se` find `/streamline search`. */
function commandsFor(page: PageState, before: string): Suggestion[] {
  const typed = before.toLowerCase();
  return page.commands.flatMap(({ command, uses }) =>
    uses
      .map(({ word, hint, about }) => {
        const line = `${command} ${word}`;
        return {
          id: word,
          label: line,
          hint,
          about,
          text: hint === "" ? line : `${line} `,
          isComplete: true,
        };
      })
      .filter(({ label, id }) => label.startsWith(typed) || id.startsWith(typed.slice(1))),
  );
}

function namesFor(page: PageState, before: string, typed: string): Suggestion[] {
  const head = before.slice(0, before.length - typed.length);
  const apps = page.apps.slice(0, 1).map(({ userId, name, realName }) => ({
    id: userId,
    name,
    realName,
    about: "App",
  }));
  const people = page.people.map(({ id, name, realName }) => ({ id, name, realName, about: name }));
  const wanted = typed.toLowerCase();
  return [...apps, ...people]
    .filter(({ name, realName }) => `${name} ${realName}`.toLowerCase().includes(wanted))
    .map(({ id, name, realName, about }) => ({
      id,
      userId: id,
      label: realName,
      hint: "",
      about,
      text: `${head}${name} `,
      isComplete: true,
    }));
}
