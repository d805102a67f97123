/** What was asked for is not there, or could not be read. */

import { mono, plain } from "../../block-kit/blocks.ts";
import type { Message } from "../../block-kit/message.ts";
import {
  buttonRow,
  commandButton,
  headline,
  messageOf,
  paragraphOf,
  sentence,
} from "../../block-kit/parts.ts";
import { line } from "../../block-kit/text.ts";

/** What was named is not there: the nearest names, and the words as a search. */
export function renderUnknownName(asked: {
  readonly what: string;
  readonly name: string;
  readonly where: string;
  readonly nearest: readonly string[];
  /** The command with another name, for the buttons. */
  readonly command: (name: string) => string;
  /** The words as they were typed, to be searched for. */
  readonly words: string;
}): Message {
  const { what, name, where, nearest, command, words } = asked;
  const near = nearest.slice(0, 5);
  return messageOf([
    paragraphOf([
      plain(`There is no ${what} `),
      mono(line(name, 80)),
      plain(` ${line(where, 120)}.`),
    ]),
    ...(near.length === 0
      ? []
      : [sentence(`Nearest: ${near.map((each) => line(each, 80)).join(", ")}.`)]),
    buttonRow([
      ...near.flatMap((each, index) => commandButton(each, command(each), `near${index}`)),
      ...commandButton("Search for these words", `search ${words}`, "search"),
    ]),
  ]);
}

/** Something of a target that could not be read. */
export interface Unavailable {
  /** "The topics". */
  readonly what: string;
  /** The target's. */
  readonly name: string;
  readonly address: string;
  /** What it did instead of answering. */
  readonly says: string;
}

/** The target did not tell: what exactly it did. */
export function renderUnavailable({ what, name, address, says }: Unavailable): Message {
  return messageOf([
    headline(`🔴 ${what} of ${line(name, 60)} cannot be read.`),
    sentence(`${line(address, 300)} ${line(says, 400)}.`),
  ]);
}
