/** `topics [PATTERN] [TARGET]`: topics with their size and how fast they grow. */

import type { Message } from "../../block-kit/message.ts";
import { evidenceOf } from "../../diagnosis/checks/evidence-of-history.ts";
import { API } from "../../diagnosis/health/api-answers.ts";
import { readApi } from "../../diagnosis/health/api-reply.ts";
import { matchingTopics, topicFigures } from "../../diagnosis/health/topic-figures.ts";
import type { Target } from "../../diagnosis/target.ts";
import { nearestNames } from "../../spelling/nearest-names.ts";
import { askTarget } from "../commands/choose-target.ts";
import { isProse, pageOf, readWords } from "../commands/read-words.ts";
import { asQuestion, type Question, type Subcommand } from "../commands/subcommand.ts";
import { renderUnavailable, renderUnknownName } from "../runbooks/render-absent.ts";
import { isTypable, type LagPorts } from "./lag.ts";
import { renderTopics } from "./render-topics.ts";
import { withTargetAlone } from "./target-alone.ts";

export interface TopicsCommand {
  readonly kind: "topics";
  readonly pattern?: string;
  readonly target?: string;
  readonly page: number;
}

export const TOPICS: Subcommand<TopicsCommand | Question> = {
  name: "topics",
  usage: "topics [PATTERN] [TARGET]",
  about: "topics with their size and how fast they grow, largest first",
  group: "Now",
  right: "ask",
  parse(rest) {
    const words = readWords(rest, ["target", "page"]);
    if (isProse(words, 2)) return asQuestion("topics", rest);
    const [pattern, named] = words.names;
    const target = words.options["target"] ?? named;
    return {
      kind: "topics",
      page: pageOf(words),
      ...(pattern === undefined ? {} : { pattern }),
      ...(target === undefined ? {} : { target }),
    };
  },
};

const PATH = "/api/v1/topics";

export async function answerTopics(ports: LagPorts, typed: TopicsCommand): Promise<Message> {
  const { name: pattern, target: name } = withTargetAlone(ports.targets, typed, "pattern");
  const text = pattern === undefined ? "topics" : `topics ${pattern}`;
  return askTarget(ports.targets, { name, command: text }, async (target) => {
    const topics = readApi(await ports.api.get(target, PATH), API.topics);
    if (topics.kind === "unavailable") {
      const address = `${target.http}${PATH}`;
      return renderUnavailable("The topics", { name: target.name, address, says: topics.says });
    }
    const evidence = evidenceOf(ports.memory.history(target));
    const all = topicFigures(topics.value, evidence, ports.clock.now());
    const shown = matchingTopics(all, pattern);
    if (pattern !== undefined && shown.length === 0) {
      return unknownTopic(
        target,
        pattern,
        all.map((topic) => topic.name),
      );
    }
    return renderTopics({
      target: target.name,
      topics: shown,
      page: typed.page,
      ...(pattern === undefined ? {} : { pattern }),
    });
  });
}

function unknownTopic(target: Target, name: string, names: readonly string[]): Message {
  return renderUnknownName({
    what: "topic that matches",
    name,
    where: `on ${target.name}`,
    nearest: nearestNames(name, names.filter(isTypable)),
    command: (near) => `topics ${near} target:${target.name}`,
    words: `topics ${name}`,
  });
}
