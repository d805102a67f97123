/** `topics [PATTERN] [TARGET]`: topics with their size and how fast they grow. */

import { evidenceOf } from "../../diagnosis/checks/evidence-of-history.ts";
import { API } from "../../diagnosis/health/api-answers.ts";
import { readApi } from "../../diagnosis/health/api-reply.ts";
import { matchingTopics, topicFigures, topicRates } from "../../diagnosis/health/topic-figures.ts";
import type { Target } from "../../diagnosis/target.ts";
import { nearestTypable } from "../../spelling/nearest-names.ts";
import { askedTarget, type CommandRow } from "../commands/command-row.ts";
import { SPOKEN_PARTS, type SpokenForm, spoken } from "../commands/plain-words.ts";
import type { LagPorts } from "./lag.ts";
import { renderTopicsAnswer, type TopicList, type TopicsAnswer } from "./render-topics.ts";

export interface TopicsOptions {
  /** Part of a name, or a glob; without it, all topics. */
  readonly pattern?: string;
  readonly page: number;
}

/** Concludes the topics, or why there are none to show. */
export function topicsCommand(ports: LagPorts): CommandRow<TopicsOptions, TopicsAnswer> {
  return {
    name: "topics",
    usage: "topics [PATTERN] [TARGET]",
    about: "topics with their size and how fast they grow, largest first",
    group: "Now",
    right: "ask",
    target: "one",
    reads: { kind: "names", names: ["pattern", "target"] },
    options: ["pattern", "page"],
    parse: ({ values: { pattern, page = 1 } }) => ({
      kind: "options",
      options: { page, ...(pattern === undefined ? {} : { pattern }) },
    }),
    spoken: FORMS,
    run: (options, asking) => topicsOf(ports, options, askedTarget(asking)),
    render: renderTopicsAnswer,
  };
}

const PATH = "/api/v1/topics";

async function topicsOf(
  ports: LagPorts,
  { pattern, page }: TopicsOptions,
  target: Target,
): Promise<TopicsAnswer> {
  const { name } = target;
  const topics = readApi(await ports.api.get(target, PATH), API.topics);
  if (topics.kind === "unavailable") {
    const address = `${target.http}${PATH}`;
    const unavailable = { what: "The topics", name, address, says: topics.says };
    return { kind: "unavailable", unavailable };
  }
  const evidence = evidenceOf(ports.memory.history(target));
  const rates = topicRates(evidence, ports.clock.now());
  const all = topicFigures(topics.value, rates);
  const shown = matchingTopics(all, pattern);
  if (pattern !== undefined && shown.length === 0) {
    const names = all.map((topic) => topic.name);
    return { kind: "none", target: name, pattern, nearest: nearestTypable(pattern, names) };
  }
  const list: TopicList = {
    target: name,
    topics: shown,
    page,
    ...(pattern === undefined ? {} : { pattern }),
    ...(rates === undefined ? {} : { ratesOverMs: rates.windowMs }),
  };
  return { kind: "topics", list };
}

const FORMS: readonly SpokenForm[] = [
  spoken(
    "(?:which|what) topics? (?:is|are) (?:the )?(?:largest|biggest)|(?:the )?(?:largest|biggest) topics?",
    () => "topics",
  ),
  spoken(
    "(?:(?:show|list)(?: me)?(?: all)?(?: the)?|which|what) topics(?: do we have| are there| exist)?",
    () => "topics",
  ),
  spoken("how many topics(?: are there| do we have)?", () => "topics"),
  spoken(
    `how (?:big|large) is (?:the )?(?:topic )?${SPOKEN_PARTS.name}(?: topic)?`,
    ({ name = "" }, known) => (known.isTopic(name) ? `topics ${name}` : undefined),
  ),
];
