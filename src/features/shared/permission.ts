/** Who may do what: the configuration's names and Slack's facts, put to `decide`, with words for the person. */

import type { AllowedPeople, Permissions } from "../../config/config.ts";
import type { Target } from "../../diagnosis/target.ts";
import { type PersonKind, type PlaceKind, type RightAsked, refusalOf, sightOf } from "./decide.ts";
import type { Person } from "./interactions.ts";
import type { Log } from "./ports.ts";
import { refusalWords } from "./refusal-words.ts";
import type { Right } from "./rights.ts";

/** Members of a user group, by its id; throws when Slack does not tell. */
export interface UserGroups {
  members(groupId: string): Promise<readonly string[]>;
}

/** What Slack knows of people and channels; nothing here throws. */
export interface SlackDirectory {
  /** "unknown" when Slack does not tell. */
  kindOf(user: string): Promise<PersonKind>;
  /** Undefined when Slack does not tell. */
  isPublic(channel: string): Promise<boolean | undefined>;
  isMember(channel: string, user: string): Promise<boolean | undefined>;
  /** Members of other organizations are in it, or invited. */
  isShared(channel: string): Promise<boolean | undefined>;
}

/** A target, as far as it matters where it may be asked. */
type LimitedTarget = Pick<Target, "name" | "channels">;

/** What stands in a channel: an incident. */
interface InChannel {
  readonly channel: string;
}

export interface Permission {
  /** Undefined when the person may; otherwise why not, in words for them. Refusals are logged. */
  readonly refusal: (
    person: Person,
    right: Right,
    target?: LimitedTarget,
  ) => Promise<string | undefined>;
  /** The targets that the person may ask from where they are. */
  readonly targetsFor: <T extends LimitedTarget>(
    person: Person,
    targets: readonly T[],
  ) => readonly T[];
  /**
   * Whether somebody may be sent of their own accord what they subscribed to: they may still ask, and
   * see its channel. A place is no matter, since they chose it. "unknown" when Slack does not tell.
   */
  readonly mayBeNotified: (user: string, incident: InChannel) => Promise<"yes" | "no" | "unknown">;
  /** What stands in channels that the person can see, in the given order. */
  readonly visible: <T extends InChannel>(person: Person, all: readonly T[]) => Promise<T[]>;
}

export interface PermissionPorts {
  readonly groups: UserGroups;
  readonly directory: SlackDirectory;
  readonly log: Pick<Log, "info">;
}

/** Who may do what and where, by the configuration, the user groups and what Slack says of a channel. */
export function createPermission(permissions: Permissions, ports: PermissionPorts): Permission {
  return {
    async refusal(person, right, target) {
      const reason = refusalOf(await factsOf(permissions, ports, { person, right, target }));
      if (reason === undefined) return undefined;
      const { user, channel } = person;
      const where = {
        user,
        channel,
        right,
        ...(target === undefined ? {} : { target: target.name }),
      };
      ports.log.info({ ...where, reason }, "refused");
      return refusalWords(reason, right, target);
    },
    targetsFor: (person, targets) =>
      targets.filter((target) => channelOf(target.channels, person) !== "another"),
    async mayBeNotified(user, { channel }) {
      const person = { user, channel: "" };
      const asked = await factsOf(permissions, ports, { person, right: "ask", target: undefined });
      const reason = refusalOf({ ...asked, place: "direct", askChannel: "any" });
      if (reason === "unknown-person") return "unknown";
      const sight = reason === undefined ? await seesOf(permissions, ports, person, channel) : "no";
      if (sight === "no") {
        const why = { user, channel, reason: reason ?? "not-in-channel" };
        ports.log.info(why, "a subscriber gets no notice");
      }
      return sight;
    },
    async visible(person, all) {
      const channels = [...new Set(all.map(({ channel }) => channel))];
      const seen = await Promise.all(
        channels.map((channel) => seesOf(permissions, ports, person, channel)),
      );
      const shown = new Set(channels.filter((_, index) => seen[index] === "yes"));
      const [only, ...others] = channels;
      // Asked for by name; lists leave out what is not theirs, and Home does so every minute.
      if (only !== undefined && others.length === 0 && shown.size === 0 && person.channel !== "") {
        const { user, channel } = person;
        ports.log.info({ user, channel, of: only, reason: "not-in-channel" }, "not shown");
      }
      return all.filter(({ channel }) => shown.has(channel));
    },
  };
}

/** In a view there is no channel: all that Slack tells is who it is. */
function placeOf({ channel, via }: Person): PlaceKind {
  if (via !== undefined) return via;
  if (channel === "") return "home";
  return channel.startsWith("D") ? "direct" : "channel";
}

function channelOf(
  channels: readonly string[] | undefined,
  { channel, via }: Person,
): "any" | "one-of-them" | "another" {
  if (channels === undefined || channels.length === 0 || via === "terminal") return "any";
  return channels.includes(channel) ? "one-of-them" : "another";
}

interface RightQuestion {
  readonly person: Person;
  readonly right: Right;
  readonly target: LimitedTarget | undefined;
}

async function factsOf(
  permissions: Permissions,
  { groups, directory }: PermissionPorts,
  { person, right, target }: RightQuestion,
): Promise<RightAsked> {
  const place = placeOf(person);
  const isProgram = place === "terminal" || place === "mcp";
  const lists = peopleFor(permissions, right);
  const isNamed = !isProgram && (await isAmong(person, lists, groups));
  const isAdmitted =
    !isProgram && !isNamed && (await isAmong(person, [permissions.outsiders], groups));
  // Whoever is named need not be described by Slack, so that its troubles hold up nobody of them.
  const isKnown = isProgram || isNamed || isAdmitted;
  return {
    right,
    place,
    kind: isKnown ? "member" : await directory.kindOf(person.user),
    isNamed,
    isAdmitted,
    isListed: right !== "read" && lists.some((list) => !isEmpty(list)),
    askChannel: channelOf(permissions.ask.channels, person),
    targetChannel: channelOf(target?.channels, person),
  };
}

/** Who is named for anything may read. */
function peopleFor(
  { ask, query, acknowledge, silence }: Permissions,
  right: Right,
): readonly AllowedPeople[] {
  const asking = { users: ask.users, groups: [] };
  if (right === "read") return [asking, query, acknowledge, silence];
  const querying = isEmpty(query) ? asking : query;
  return [{ ask: asking, query: querying, acknowledge, silence }[right]];
}

async function isAmong(
  { user }: Person,
  lists: readonly AllowedPeople[],
  groups: UserGroups,
): Promise<boolean> {
  if (lists.some(({ users }) => users.includes(user))) return true;
  const ids = [...new Set(lists.flatMap((list) => list.groups))];
  const members = await Promise.all(ids.map((id) => groups.members(id)));
  return members.some((each) => each.includes(user));
}

function isEmpty({ users, groups }: AllowedPeople): boolean {
  return users.length === 0 && groups.length === 0;
}

/** Asks of Slack no more than it takes to decide. */
async function seesOf(
  permissions: Permissions,
  { directory, groups }: PermissionPorts,
  person: Person,
  channel: string,
): Promise<"yes" | "no" | "unknown"> {
  const place = placeOf(person);
  const isHere = person.channel !== "" && person.channel === channel;
  const isForChannel = person.isForChannel === true;
  const isShared = isForChannel && !isHere ? await directory.isShared(person.channel) : false;
  const known = {
    place,
    isHere,
    isForChannel,
    isShared,
    kind: "unknown",
    isAdmitted: false,
  } as const;
  if (isHere || place === "terminal") {
    return sightOf({ ...known, isPublic: undefined, isMember: undefined });
  }
  const isPublic = await directory.isPublic(channel);
  if (place === "mcp" || isForChannel) return sightOf({ ...known, isPublic, isMember: undefined });
  const isMember = await directory.isMember(channel, person.user);
  const byChannel = sightOf({ ...known, isPublic, isMember });
  if (byChannel === "yes" || isPublic !== true) return byChannel;
  const kind = await directory.kindOf(person.user);
  const isAdmitted = kind !== "member" && (await isAmong(person, [permissions.outsiders], groups));
  return sightOf({ ...known, isPublic, isMember, kind, isAdmitted });
}
