/**
 * Buttons, menus, modals and shortcuts of all features in one table, each run only for a person who
 * has the right that it declares. A command that a button runs is checked once more, for its own.
 */

import { renderWords } from "../../block-kit/words.ts";
import type {
  Click,
  Guarded,
  GuardedInteractions,
  Interactions,
  Modal,
  OnMessage,
  Person,
  Reaction,
  Submission,
  SubmissionResult,
} from "../shared/interactions.ts";
import type { Permission } from "../shared/permission.ts";
import { isRight, type Right } from "../shared/rights.ts";
import { shownWords } from "../shared/shown-words.ts";

type Refusal = (person: Person, right: Right) => Promise<string | undefined>;

/**
 * Throws when two features claim one name, or one needs an unknown right. `remembered` decides by
 * what is known of people already, and waits for nobody.
 */
export function guardInteractions(
  parts: readonly Partial<GuardedInteractions>[],
  permission: Pick<Permission, "refusal">,
  remembered = permission,
): Interactions {
  const refusal: Refusal = (person, right) => permission.refusal(person, right);
  const fromMemory: Refusal = (person, right) => remembered.refusal(person, right);
  return {
    clicks: each(joined(parts.map(({ clicks }) => clicks)), (row) => clickOf(row, refusal)),
    submissions: each(joined(parts.map(({ submissions }) => submissions)), (row) =>
      submissionOf(row, refusal),
    ),
    options: each(joined(parts.map(({ options }) => options)), (row) => optionsOf(row, fromMemory)),
    shortcuts: each(joined(parts.map(({ shortcuts }) => shortcuts)), (row) =>
      shortcutOf(row, refusal),
    ),
  };
}

type Table<Handler> = Readonly<Record<string, Guarded<Handler>>>;

function joined<Handler>(tables: readonly (Table<Handler> | undefined)[]): Table<Handler> {
  const all = noNames<Guarded<Handler>>();
  for (const [name, row] of tables.flatMap((table) => Object.entries(table ?? {}))) {
    if (Object.hasOwn(all, name)) throw new Error(`two features claim ${name}`);
    if (!isRight(row.right))
      throw new Error(`${name} needs an unknown right: "${String(row.right)}"`);
    all[name] = row;
  }
  return all;
}

function each<Handler>(
  table: Table<Handler>,
  guard: (row: Guarded<Handler>) => Handler,
): Readonly<Record<string, Handler>> {
  const all = noNames<Handler>();
  for (const [name, row] of Object.entries(table)) all[name] = guard(row);
  return all;
}

/** Names come from outside, and may be those of what every object has. */
function noNames<T>(): Record<string, T> {
  return Object.create(null) as Record<string, T>;
}

function clickOf(
  { right, run, opensModal }: Guarded<(click: Click) => Promise<Reaction>>,
  refusal: Refusal,
) {
  return async (click: Click): Promise<Reaction> => {
    if (opensModal === true) {
      const reaction = await run(click);
      if (reaction.kind !== "modal") return reaction;
      return {
        kind: "modal",
        modal: filledFor(reaction.modal, () => refusal(click.person, right)),
      };
    }
    const refused = await refusal(click.person, right);
    return refused === undefined ? run(click) : shownWords(refused);
  };
}

function filledFor(modal: Modal, refusal: () => Promise<string | undefined>): Modal {
  const { skeleton, fill } = modal;
  return {
    ...modal,
    fill: async () => {
      const refused = await refusal();
      if (refused !== undefined) return words(skeleton, refused);
      return fill === undefined ? skeleton : fill();
    },
  };
}

function words({ callbackId, title }: Modal["skeleton"], text: string): Modal["skeleton"] {
  return { callbackId, title, close: "Close", blocks: renderWords(text).blocks };
}

/** What must be waited for, the right too, is asked after the acknowledgement. */
function submissionOf(
  { right, run }: Guarded<(submission: Submission) => SubmissionResult>,
  refusal: Refusal,
) {
  return (submission: Submission): SubmissionResult => {
    const result = run(submission);
    if (result.kind === "errors") return result;
    return {
      ...result,
      finish: async () => {
        const refused = await refusal(submission.person, right);
        return refused === undefined ? result.finish() : words(result.meanwhile, refused);
      },
    };
  };
}

type OptionsHandler = Interactions["options"][string];

function optionsOf({ right, run }: Guarded<OptionsHandler>, refusal: Refusal) {
  const handler: OptionsHandler = async (typed) =>
    (await refusal(typed.person, right)) === undefined ? run(typed) : [];
  return handler;
}

function shortcutOf(
  { right, run }: Guarded<(message: OnMessage) => Promise<Reaction>>,
  refusal: Refusal,
) {
  return async (message: OnMessage): Promise<Reaction> => {
    const refused = await refusal(message.person, right);
    return refused === undefined ? run(message) : shownWords(refused);
  };
}
