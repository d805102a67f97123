/**
 * What Slack said of people the last time it was asked, for whoever cannot wait until it says it again:
 * an acknowledgement needs nothing but the bot itself.
 */

import type { SlackDirectory, UserGroups } from "../../features/shared/permission.ts";

export interface PeopleSource {
  readonly groups: UserGroups;
  readonly directory: SlackDirectory;
}

/** Answers of each kind that are remembered, the latest ones. */
const MOST_REMEMBERED = 5_000;

/**
 * `asked` is the given source; what it answers is remembered. `remembered` answers at once with that,
 * and with "not known" before; meanwhile it asks, so that the next time knows more.
 */
export function rememberPeople({ groups, directory }: PeopleSource): {
  readonly asked: PeopleSource;
  readonly remembered: PeopleSource;
} {
  const members = lastAnswers((id) => groups.members(id));
  const kinds = lastAnswers((user) => directory.kindOf(user));
  const publics = lastAnswers((channel) => directory.isPublic(channel));
  const shared = lastAnswers((channel) => directory.isShared(channel));
  const inChannels = lastAnswers((channel, user) => directory.isMember(channel, user));
  return {
    asked: {
      groups: { members: members.ask },
      directory: {
        kindOf: kinds.ask,
        isPublic: publics.ask,
        isMember: inChannels.ask,
        isShared: shared.ask,
      },
    },
    remembered: {
      groups: { members: async (id) => members.last(id) ?? [] },
      directory: {
        kindOf: async (user) => kinds.last(user) ?? "unknown",
        isPublic: async (channel) => publics.last(channel),
        isMember: async (channel, user) => inChannels.last(channel, user),
        isShared: async (channel) => shared.last(channel),
      },
    },
  };
}

interface LastAnswers<Ids extends readonly string[], T> {
  readonly ask: (...ids: Ids) => Promise<T>;
  /** Undefined when nobody has asked it before. */
  last(...ids: Ids): T | undefined;
}

function lastAnswers<Ids extends readonly string[], T>(
  question: (...ids: Ids) => Promise<T>,
): LastAnswers<Ids, T> {
  const answers = new Map<string, T>();
  const ask = async (...ids: Ids): Promise<T> => {
    const answer = await question(...ids);
    const key = ids.join(" ");
    answers.delete(key);
    answers.set(key, answer);
    const [oldest] = answers.keys();
    if (answers.size > MOST_REMEMBERED && oldest !== undefined) answers.delete(oldest);
    return answer;
  };
  return {
    ask,
    last(...ids) {
      ask(...ids).catch(() => undefined);
      return answers.get(ids.join(" "));
    },
  };
}
