/** Who said something: a name, a face and whether it is an app. */

import type { PageState } from "../slack/page-protocol.ts";
import type { ShownMessage } from "./shown-message.ts";

export interface Who {
  readonly id: string;
  readonly name: string;
  readonly kind: "person" | "streamline" | "alertmanager" | "slackbot";
  /** Which of the avatar colours. */
  readonly tint: string;
}

const SLACKBOT: Who = { id: "USLACKBOT", name: "Slackbot", kind: "slackbot", tint: "grey" };

const TINTS = ["green", "blue", "orange", "rose"] as const;

/** Who has the id: a person, an app, or somebody of whom nothing is known. */
export function whoIs(page: PageState, userId: string): Who {
  const index = page.people.findIndex(({ id }) => id === userId);
  const person = page.people[index];
  if (person !== undefined) {
    const tint = TINTS[index % TINTS.length] ?? "blue";
    return { id: userId, name: person.realName, kind: "person", tint };
  }
  const app = page.apps.find((each) => each.userId === userId);
  if (app === undefined) return userId === SLACKBOT.id ? SLACKBOT : { ...SLACKBOT, name: userId };
  const kind = app.name === "alertmanager" ? "alertmanager" : "streamline";
  return { id: userId, name: app.realName, kind, tint: kind };
}

/** Who stands above the message, by the name under which it was posted. */
export function whoSaid(page: PageState, message: ShownMessage): Who {
  const who = whoIs(page, message.user);
  return message.username === "" ? who : { ...who, name: message.username };
}
