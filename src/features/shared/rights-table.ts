/** The permission matrix of a configuration as text: who may do what, from where. */

import type { Permissions } from "../../config/config.ts";
import { PERSON_KINDS, type PersonKind, type PlaceKind, refusalOf, sightOf } from "./decide.ts";
import { RIGHTS, type Right } from "./rights.ts";

interface Column {
  readonly title: string;
  readonly place: PlaceKind;
}

/** Whoever asks in a private channel is a member of it: what they may do there is as in any channel. */
const COLUMNS: readonly Column[] = [
  { title: "public channel", place: "channel" },
  { title: "private channel", place: "channel" },
  { title: "direct message", place: "direct" },
  { title: "Home", place: "home" },
  { title: "terminal", place: "terminal" },
  { title: "MCP", place: "mcp" },
];

const DOES: Readonly<Record<Right, string>> = {
  read: "search, runbook, help, feedback",
  query: "chart with PromQL of one's own",
  ask: "why-slow, health, metrics, alerts, history, …",
  acknowledge: "acknowledge, verdicts, gaps, notes",
  silence: "silence, end a silence",
};

/** One line per right and kind of person, one column per place; "no" stands with its reason. */
export function rightsTable(permissions: Permissions): string {
  const rights = RIGHTS.flatMap((right) => [
    ...PERSON_KINDS.map((kind) => rowOf(permissions, right, { kind, isNamed: false })),
    ...(isListed(permissions, right)
      ? [rowOf(permissions, right, { kind: "member", isNamed: true })]
      : []),
    ...(right === "ask" || right === "query"
      ? [
          rowOf(permissions, right, {
            kind: "member",
            isNamed: isListed(permissions, right),
            isElsewhere: true,
          }),
        ]
      : []),
  ]);
  const rows = [...rights, ...SIGHTS.flatMap(sightRows)];
  const head = ["right", "person", ...COLUMNS.map(({ title }) => title)];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  const rules = widths.map((width) => "-".repeat(width));
  const meanings = RIGHTS.map((right) => `${right}: ${DOES[right]}`);
  const elsewhere = "elsewhere: about a target that targets[].channels limits to other channels";
  const notes = [...meanings, elsewhere, ...SIGHTS.map(({ name, about }) => `${name}: ${about}`)];
  return [line(head), line(rules), ...rows.map(line), "", ...notes, ""].join("\n");
}

interface Somebody {
  readonly kind: PersonKind;
  readonly isNamed: boolean;
  /** It is about a target that is limited to other channels. */
  readonly isElsewhere?: true;
}

function rowOf(permissions: Permissions, right: Right, somebody: Somebody): string[] {
  const { kind, isNamed, isElsewhere = false } = somebody;
  const cells = COLUMNS.map(({ place }) => {
    const reason = refusalOf({
      right,
      kind,
      place,
      isNamed,
      isListed: isListed(permissions, right),
      isAdmitted: false,
      askChannel: askChannelAt(permissions, place),
      targetChannel: isElsewhere && place !== "terminal" ? "another" : "any",
    });
    return reason === undefined ? "yes" : `no: ${reason}`;
  });
  const asked = isElsewhere ? `${right} elsewhere` : right;
  return [asked, isNamed ? "named" : kind, ...cells];
}

function isListed(permissions: Permissions, right: Right): boolean {
  const { ask, query, acknowledge, silence } = permissions;
  switch (right) {
    case "read":
      return false;
    case "ask":
      return ask.users.length > 0;
    case "query":
      return query.users.length + query.groups.length + ask.users.length > 0;
    case "acknowledge":
      return acknowledge.users.length + acknowledge.groups.length > 0;
    case "silence":
      return silence.users.length + silence.groups.length > 0;
  }
}

/** A channel stands for one that is named, where channels are. */
function askChannelAt({ ask }: Permissions, place: PlaceKind): "any" | "one-of-them" | "another" {
  if (ask.channels.length === 0 || place === "terminal") return "any";
  return place === "channel" ? "one-of-them" : "another";
}

/** Incidents, their talk and their history, by the channel in which they stand. */
interface Sight {
  readonly name: string;
  readonly about: string;
  /** Undefined stands for the channel in which they ask. */
  readonly of?: { readonly isPublic: boolean | undefined; readonly isMember: boolean | undefined };
  readonly isForChannel?: true;
  readonly isShared?: true;
}

const OF_PUBLIC = { isPublic: true, isMember: false };
const OF_THEIRS = { isPublic: false, isMember: true };
const OF_OTHERS = { isPublic: false, isMember: false };

const SIGHTS: readonly Sight[] = [
  { name: "see here", about: "incidents of the channel in which they ask" },
  { name: "see public", about: "incidents of another, public channel", of: OF_PUBLIC },
  { name: "see theirs", about: "incidents of a private channel that they are in", of: OF_THEIRS },
  { name: "see others'", about: "incidents of a private channel they are not in", of: OF_OTHERS },
  {
    name: "see unsaid",
    about: "incidents of a channel of which Slack says nothing",
    of: { isPublic: undefined, isMember: undefined },
  },
  {
    name: "show theirs",
    about: "the same asked by a mention, so that the whole channel reads the answer",
    of: OF_THEIRS,
    isForChannel: true,
  },
  {
    name: "show public",
    about: "of another, public channel by a mention, where all are of this organization",
    of: OF_PUBLIC,
    isForChannel: true,
  },
  {
    name: "show abroad",
    about: "the same in a channel that is shared with another organization",
    of: OF_PUBLIC,
    isForChannel: true,
    isShared: true,
  },
];

function sightRows(sight: Sight): string[][] {
  return PERSON_KINDS.map((kind) => [
    sight.name,
    kind,
    ...COLUMNS.map(({ place }) => sightCell(sight, kind, place)),
  ]);
}

function sightCell(
  { of, isForChannel, isShared }: Sight,
  kind: PersonKind,
  place: PlaceKind,
): string {
  const isChannel = place === "channel";
  // There is no such thing as here without a channel, and nobody mentions the bot elsewhere.
  if ((of === undefined || isForChannel === true) && !isChannel) return "-";
  const sight = sightOf({
    kind,
    place,
    isAdmitted: false,
    isHere: of === undefined,
    isForChannel: isForChannel === true,
    isShared: isShared === true,
    isPublic: of?.isPublic,
    isMember: of?.isMember,
  });
  return sight === "unknown" ? "no: unknown" : sight;
}
