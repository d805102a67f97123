/** Who people are and what channels they are in, asked of Slack when somebody needs it, and kept for a while. */

import type { WebClient } from "@slack/web-api";
import type { PersonKind } from "../../features/shared/decide.ts";
import type { SlackDirectory } from "../../features/shared/permission.ts";
import type { Log } from "../../features/shared/ports.ts";
import { HOUR_MS } from "../../promql/duration.ts";

/** Whoever leaves a channel or becomes a guest is treated as before for so long. */
const KEEP_MS = 5 * 60_000;
/** What Slack does not tell again is believed for so long: better an old answer than none at night. */
const STALE_MS = HOUR_MS;
/** Entries of each kind; a workspace may have more people than one wants to remember. */
const MOST_KEPT = 5_000;
/** Members that one call gives (docs.slack.dev: at most 1000), and calls for one channel. */
const PAGE = 1_000;
const MOST_PAGES = 20;

export interface DirectoryPorts {
  readonly client: WebClient;
  readonly now: () => number;
  readonly log: Pick<Log, "warn">;
}

/** Needs users:read, channels:read and groups:read. */
export function createDirectory({ client, now, log }: DirectoryPorts): SlackDirectory {
  const kept = <T>(what: string, ask: (id: string) => Promise<T>) =>
    keep({
      now,
      ask,
      failed: (error, id) => log.warn({ err: error, id }, `Slack does not say ${what}`),
    });
  const own = kept("whose workspace it is", async () => {
    const { team_id: team, enterprise_id: enterprise } = await client.auth.test();
    return { team, enterprise };
  });
  const kinds = kept<PersonKind>("who somebody is", async (user) => {
    const { user: found } = await client.users.info({ user });
    const home = await own("self");
    return kindFrom(found ?? {}, home ?? {});
  });
  const channels = kept("what a channel is", async (channel) => {
    const { channel: found } = await client.conversations.info({ channel });
    return {
      isPublic: found?.is_channel === true && found.is_private !== true,
      isShared: found?.is_ext_shared === true || found?.is_pending_ext_shared === true,
    };
  });
  const members = kept("who is in a channel", (channel) => membersOf(client, channel));
  return {
    kindOf: async (user) => (await kinds(user)) ?? "unknown",
    isPublic: async (channel) => (await channels(channel))?.isPublic,
    isShared: async (channel) => (await channels(channel))?.isShared,
    isMember: async (channel, user) => (await members(channel))?.has(user),
  };
}

interface SlackUser {
  readonly deleted?: boolean | undefined;
  readonly is_bot?: boolean | undefined;
  readonly is_restricted?: boolean | undefined;
  readonly is_ultra_restricted?: boolean | undefined;
  readonly is_stranger?: boolean | undefined;
  readonly team_id?: string | undefined;
  readonly enterprise_user?: { readonly enterprise_id?: string | undefined } | undefined;
}

interface OwnWorkspace {
  readonly team?: string | undefined;
  readonly enterprise?: string | undefined;
}

/** Of another workspace is external, unless both belong to one enterprise. */
function kindFrom(user: SlackUser, own: OwnWorkspace): PersonKind {
  if (user.deleted === true) return "unknown";
  if (user.is_bot === true) return "bot";
  const isOther = user.team_id !== undefined && own.team !== undefined && user.team_id !== own.team;
  const isSameEnterprise =
    own.enterprise !== undefined && user.enterprise_user?.enterprise_id === own.enterprise;
  if (user.is_stranger === true || (isOther && !isSameEnterprise)) return "external";
  return user.is_restricted === true || user.is_ultra_restricted === true ? "guest" : "member";
}

/** Throws for a channel with more members than are read: in doubt nobody is one. */
async function membersOf(client: WebClient, channel: string): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await client.conversations.members({
      channel,
      limit: PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const user of answer.members ?? []) found.add(user);
    cursor = answer.response_metadata?.next_cursor;
    if (cursor === undefined || cursor === "") return found;
  }
  throw new Error(`the channel has more than ${MOST_PAGES * PAGE} members`);
}

interface Keeping<T> {
  readonly now: () => number;
  readonly ask: (id: string) => Promise<T>;
  readonly failed: (error: unknown, id: string) => void;
}

/** Undefined when Slack does not tell and nothing is remembered. */
function keep<T>({ now, ask, failed }: Keeping<T>): (id: string) => Promise<T | undefined> {
  const known = new Map<string, { readonly at: number; readonly value: T }>();
  const asking = new Map<string, Promise<T | undefined>>();
  const askOnce = (id: string): Promise<T | undefined> => {
    const asked = asking.get(id) ?? answerOf(id).finally(() => asking.delete(id));
    asking.set(id, asked);
    return asked;
  };
  const answerOf = async (id: string): Promise<T | undefined> => {
    try {
      const value = await ask(id);
      known.delete(id);
      known.set(id, { at: now(), value });
      const [oldest] = known.keys();
      if (known.size > MOST_KEPT && oldest !== undefined) known.delete(oldest);
      return value;
    } catch (error) {
      failed(error, id);
      const last = known.get(id);
      return last !== undefined && now() - last.at < STALE_MS ? last.value : undefined;
    }
  };
  return async (id) => {
    const found = known.get(id);
    return found !== undefined && now() - found.at < KEEP_MS ? found.value : askOnce(id);
  };
}
