/** The permission matrix of a configuration as text: who may do what, from where. */

import type { Permissions } from "../../config/config.ts";
import { PERSON_KINDS, type PersonKind, PLACE_KINDS, type PlaceKind, refusalOf } from "./decide.ts";
import { RIGHTS, type Right } from "./rights.ts";

const TITLES: Readonly<Record<PlaceKind, string>> = {
  channel: "a channel",
  direct: "direct message",
  home: "Home",
  terminal: "terminal",
  mcp: "MCP",
};

const DOES: Readonly<Record<Right, string>> = {
  read: "search, runbook, help, feedback",
  query: "chart with PromQL of one's own",
  ask: "why-slow, health, metrics, alerts, history, …",
  acknowledge: "acknowledge, verdicts, gaps, notes",
  silence: "silence, end a silence",
};

/** One line per right and kind of person, one column per place; "no" stands with its reason. */
export function rightsTable(permissions: Permissions): string {
  const rows = RIGHTS.flatMap((right) => [
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
  const head = ["right", "person", ...PLACE_KINDS.map((place) => TITLES[place])];
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
  return [line(head), line(rules), ...rows.map(line), "", ...meanings, elsewhere, ""].join("\n");
}

interface Somebody {
  readonly kind: PersonKind;
  readonly isNamed: boolean;
  /** It is about a target that is limited to other channels. */
  readonly isElsewhere?: true;
}

function rowOf(permissions: Permissions, right: Right, somebody: Somebody): string[] {
  const { kind, isNamed, isElsewhere = false } = somebody;
  const cells = PLACE_KINDS.map((place) => {
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
