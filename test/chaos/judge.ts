/** What was due and what Slack shows in the end: lost, doubled, wrong. Pure. */

import type { Journal, JournalMessage } from "./fault.ts";
import type { Asked } from "./people.ts";
import type { SentGroup } from "./sender.ts";

export interface Judgement {
  /**
   * Things that must be said: each group's name, each end in the thread of a message of its own, and
   * the answer to each who asked.
   */
  readonly due: number;
  /** Messages and replies that stand. */
  readonly posted: number;
  readonly lost: number;
  readonly doubled: number;
  /** Groups whose message shows another state than the last that was taken. */
  readonly wrong: number;
  /** The groups behind these numbers, for a person who searches for the reason. */
  readonly why: readonly string[];
}

export interface Happened {
  readonly groups: Iterable<SentGroup>;
  readonly asked: readonly Asked[];
}

export function judge({ groups, asked }: Happened, journal: Journal): Judgement {
  const standing = journal.messages.filter(({ deletedAt }) => deletedAt === undefined);
  const each = [
    ...[...groups].map((group) => judgeGroup(group, standing)),
    ...asked.map((question) => judgeAnswer(question, journal.responses, standing)),
  ];
  const sum = (of: "due" | "lost" | "doubled" | "wrong"): number =>
    each.reduce((total, one) => total + one[of], 0);
  const twice = doubledKeys(standing);
  return {
    due: sum("due"),
    posted: standing.length,
    lost: sum("lost"),
    doubled: sum("doubled") + twice.length,
    wrong: sum("wrong"),
    why: [...each.flatMap(({ why }) => why), ...twice.map((key) => `doubled key ${key}`)],
  };
}

function judgeGroup(group: SentGroup, standing: readonly JournalMessage[]) {
  const named = standing.filter(
    (message) => message.threadTs === undefined && shownOf(message).includes(group.name),
  );
  const own = named.filter(({ notice }) => notice !== "digest");
  const lists = named.filter(({ notice }) => notice === "digest");
  const [parent] = own;
  const ends = parent === undefined ? 0 : endsBelow(parent, standing);
  const endsDue = parent === undefined || lists.length > 0 ? 0 : group.ends;
  const lost = (named.length === 0 ? 1 : 0) + Math.max(0, endsDue - ends);
  const doubled = Math.max(0, own.length - 1) + Math.max(0, lists.length - 1);
  const isWrong = named.some(
    (message) => isEnded(message, group.name) !== (group.state === "resolved"),
  );
  const told: readonly (readonly [string, boolean])[] = [
    ["lost", lost > 0],
    ["doubled", doubled > 0],
    ["wrong", isWrong],
  ];
  return {
    due: 1 + endsDue,
    lost,
    doubled,
    wrong: isWrong ? 1 : 0,
    why: told.flatMap(([word, holds]) => (holds ? [`${word} ${group.name}`] : [])),
  };
}

/** Who got no acknowledgement sees that nothing happened, and has lost the answer, too. */
function judgeAnswer(
  { kind, id, ackMs, isOld = false }: Asked,
  responses: Journal["responses"],
  standing: readonly JournalMessage[],
) {
  const replies = standing.filter(({ threadTs }) => threadTs === id);
  const answers = kind === "command" ? responses.filter((each) => each.id === id) : replies;
  // An alert has several replies, one of each kind.
  const most = kind === "post" ? new Set(replies.map(({ notice }) => notice)).size : 1;
  const lost = answers.length === 0 || ackMs === undefined ? 1 : 0;
  const doubled = Math.max(0, answers.length - most);
  const wrong =
    isOld && replies.some((reply) => !shownOf(reply).includes(" ago, while I was")) ? 1 : 0;
  const why = [
    ...(lost > 0 ? ["lost"] : []),
    ...(doubled > 0 ? [`${answers.length} answers to`] : []),
    ...(wrong > 0 ? ["without its age"] : []),
  ].map((word) => `${word} ${kind} ${id}`);
  return { due: 1, lost, doubled, wrong, why };
}

function shownOf({ versions }: JournalMessage): string {
  return versions.at(-1)?.shown ?? "";
}

/** A list has a line for each group; a message of its own says in its first line how it is. */
function isEnded(message: JournalMessage, name: string): boolean {
  // In blocks, which are JSON, a line ends with the two characters of an escape.
  const lines = shownOf(message).split(/\n|\\n/);
  const line = message.notice === "digest" ? lines.find((each) => each.includes(name)) : lines[0];
  return /resolved|ended/i.test(line ?? "");
}

function endsBelow(parent: JournalMessage, standing: readonly JournalMessage[]): number {
  return standing.filter(
    ({ channel, threadTs, notice }) =>
      channel === parent.channel && threadTs === parent.ts && notice === "resolved",
  ).length;
}

/** A key that stands twice in one place; a notice that was said again after a deletion has one message. */
function doubledKeys(standing: readonly JournalMessage[]): string[] {
  const seen = new Set<string>();
  return standing.flatMap(({ channel, key }) => {
    const of = `${channel} ${key.split("#")[0]}`;
    if (key === "" || !seen.has(of)) {
      seen.add(of);
      return [];
    }
    return [key];
  });
}
