/**
 * Whether somebody may do something, and see what stands in a channel: the one place that decides,
 * from facts alone.
 *
 * What is not known is never permission: a person that Slack does not describe, or a place without a
 * channel where channels are named, is refused with the reason.
 */

import type { Right } from "./rights.ts";

/** What Slack says of a person. External people are of another organization (Slack Connect). */
export const PERSON_KINDS = ["member", "guest", "external", "bot", "unknown"] as const;
export type PersonKind = (typeof PERSON_KINDS)[number];

/** Where it is done. Home stands for every view that has no channel. */
export const PLACE_KINDS = ["channel", "direct", "home", "terminal", "mcp"] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

export interface RightAsked {
  readonly right: Right;
  readonly kind: PersonKind;
  readonly place: PlaceKind;
  /** The configuration names the person for this right, or a group of theirs; "read" by any right. */
  readonly isNamed: boolean;
  /** The configuration names anybody for this right. */
  readonly isListed: boolean;
  /** Named under permissions.outsiders: counts as a member. */
  readonly isAdmitted: boolean;
  /** Asking is limited to channels: whether this is one of them. */
  readonly askChannel: "any" | "one-of-them" | "another";
  /** The target is limited to channels: whether this is one of them. */
  readonly targetChannel: "any" | "one-of-them" | "another";
}

export type RefusalReason =
  | "unknown-person"
  | "guest"
  | "external"
  | "bot"
  | "not-named"
  | "nobody-named"
  | "not-from-program"
  | "no-channel"
  | "other-channel"
  | "target-elsewhere";

/** Why not; undefined when it is allowed. */
export function refusalOf(asked: RightAsked): RefusalReason | undefined {
  return asked.place === "terminal" || asked.place === "mcp"
    ? programRefusal(asked)
    : (personRefusal(asked) ?? rightRefusal(asked) ?? placeRefusal(asked));
}

/**
 * Whoever runs the terminal holds the configuration, so it may ask everything. A program over MCP has
 * no name that the configuration could list and no channel. Neither changes anything: nobody would
 * stand in the audit log.
 */
function programRefusal({
  right,
  place,
  isListed,
  askChannel,
  targetChannel,
}: RightAsked): RefusalReason | undefined {
  if (right === "acknowledge" || right === "silence") return "not-from-program";
  if (right === "read" || place === "terminal") return undefined;
  if (isListed) return "not-named";
  if (askChannel !== "any") return "no-channel";
  return targetChannel === "any" ? undefined : "target-elsewhere";
}

/** Guests, external people and other bots are not "everyone": they are named, or refused. */
function personRefusal({ kind, isNamed, isAdmitted }: RightAsked): RefusalReason | undefined {
  if (kind === "member" || isNamed || isAdmitted) return undefined;
  return kind === "unknown" ? "unknown-person" : kind;
}

function rightRefusal({ right, isNamed, isListed }: RightAsked): RefusalReason | undefined {
  if (right === "read" || isNamed) return undefined;
  if (isListed) return "not-named";
  // A silence hides alerts from everyone: nobody named is nobody allowed.
  return right === "silence" ? "nobody-named" : undefined;
}

function placeRefusal({
  right,
  place,
  askChannel,
  targetChannel,
}: RightAsked): RefusalReason | undefined {
  if (right !== "ask" && right !== "query") return undefined;
  if (askChannel === "another") return place === "home" ? "no-channel" : "other-channel";
  return targetChannel === "another" ? "target-elsewhere" : undefined;
}

/** What is known of somebody and of the channel in which an incident, or what people said, stands. */
export interface SightAsked {
  readonly kind: PersonKind;
  /** Named under permissions.outsiders: counts as a member. */
  readonly isAdmitted: boolean;
  readonly place: PlaceKind;
  /** It stands where they ask, so that Slack shows it to them there. */
  readonly isHere: boolean;
  /** The answer is shown to the whole channel in which they ask. */
  readonly isForChannel: boolean;
  /** That channel has members of other organizations (Slack Connect); undefined where Slack does not tell. */
  readonly isShared: boolean | undefined;
  /** Undefined where Slack does not tell. */
  readonly isPublic: boolean | undefined;
  /** They are in that channel; undefined where Slack does not tell. */
  readonly isMember: boolean | undefined;
}

/**
 * Whether they see it: a channel is seen from within it, by its members, and by full members where it
 * is public. What a whole channel or a program is shown is of public channels, and a channel that is
 * shared with other organizations is shown its own alone: these see no other. "unknown" is shown to
 * nobody.
 */
export function sightOf(asked: SightAsked): "yes" | "no" | "unknown" {
  const { kind, isAdmitted, place, isHere, isForChannel, isShared, isPublic, isMember } = asked;
  if (place === "terminal" || isHere) return "yes";
  if (place === "mcp") return said(isPublic);
  if (isForChannel) return audienceSees(isShared, isPublic);
  if (isMember === true) return "yes";
  if (isPublic === undefined || (!isPublic && isMember === undefined)) return "unknown";
  if (!isPublic) return "no";
  if (kind === "member" || isAdmitted) return "yes";
  return kind === "unknown" ? "unknown" : "no";
}

function audienceSees(
  isShared: boolean | undefined,
  isPublic: boolean | undefined,
): "yes" | "no" | "unknown" {
  if (isShared === undefined) return "unknown";
  return isShared ? "no" : said(isPublic);
}

function said(fact: boolean | undefined): "yes" | "no" | "unknown" {
  if (fact === undefined) return "unknown";
  return fact ? "yes" : "no";
}
