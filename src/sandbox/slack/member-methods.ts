/** Who people are and who is in a channel, where it is not as the emulator has it: guests, strangers, private channels. */

import { isJson, type Json, text } from "./json.ts";
import { type Method, refuse } from "./view-methods.ts";
import type { Workspace } from "./workspace.ts";

type LocalPersonKind = "member" | "guest" | "external" | "bot";

/** What a test or a scene changes of the workspace. */
export interface Membership {
  /** A person by id. */
  setKind(user: string, kind: LocalPersonKind): void;
  /** Makes a channel private, with these members; undefined makes it public again. */
  setMembers(channel: string, users: readonly string[] | undefined): void;
  /** Shares a channel with another organization, or ends that. */
  setShared(channel: string, isShared: boolean): void;
}

const FLAGS: Readonly<Record<LocalPersonKind, Json>> = {
  member: {},
  guest: { is_restricted: true },
  external: { is_stranger: true, team_id: "T0ELSEWHERE" },
  bot: { is_bot: true },
};

/**
 * Everybody is a full member and in every channel, until `setKind`, `setMembers` or `setShared` says
 * otherwise; `methods` are those of the Web API that tell so.
 */
export function createMemberMethods(workspace: Workspace): Membership & {
  readonly methods: Readonly<Record<string, Method>>;
} {
  const kinds = new Map<string, LocalPersonKind>();
  const closed = new Map<string, readonly string[]>();
  const shared = new Set<string>();
  const known = (channel: string): boolean => workspace.channels.some(({ id }) => id === channel);
  const everybody = (): string[] => [...workspace.people.map(({ id }) => id), workspace.bot.userId];
  return {
    setKind: (user, kind) => void kinds.set(user, kind),
    setShared(channel, isShared) {
      if (isShared) shared.add(channel);
      else shared.delete(channel);
    },
    setMembers(channel, users) {
      if (users === undefined) closed.delete(channel);
      else closed.set(channel, users);
    },
    methods: {
      "users.info": async (body) => {
        const answer = await workspace.call("users.info", body, workspace.bot.token);
        if (!isJson(answer["user"])) return answer;
        const flags = FLAGS[kinds.get(text(body, "user")) ?? "member"];
        return { ...answer, user: { ...answer["user"], ...flags } };
      },
      "conversations.info": async (body) => {
        const channel = text(body, "channel");
        const found = workspace.channels.find(({ id }) => id === channel);
        if (found === undefined) return refuse("channel_not_found");
        const answer = await workspace.call("conversations.info", { channel }, workspace.bot.token);
        const state = {
          is_private: closed.has(channel),
          is_ext_shared: shared.has(channel),
          is_member: workspace.hasBot(channel),
          // Archived by conversations.archive.
          is_archived: isJson(answer["channel"]) && answer["channel"]["is_archived"] === true,
        };
        return { ok: true, channel: { id: channel, name: found.name, is_channel: true, ...state } };
      },
      "conversations.members": async (body) => {
        const channel = text(body, "channel");
        if (!known(channel)) return refuse("channel_not_found");
        const members = closed.get(channel) ?? everybody();
        return { ok: true, members: [...members], response_metadata: { next_cursor: "" } };
      },
    },
  };
}
