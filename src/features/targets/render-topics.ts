/** Topics as a table, the largest first. */

import type { Message } from "../../block-kit/message.ts";
import { listPage, pageParts } from "../../block-kit/paging.ts";
import { figures, footnote, headline, messageOf } from "../../block-kit/parts.ts";
import type { Column } from "../../block-kit/table.ts";
import { count, line } from "../../block-kit/text.ts";
import { bytesText } from "../../block-kit/units.ts";
import type { TopicFigures } from "../../diagnosis/health/topic-figures.ts";
import { spanText } from "../../diagnosis/span-text.ts";
import {
  renderUnavailable,
  renderUnknownName,
  type Unavailable,
} from "../runbooks/render-absent.ts";
import { rateText } from "./render-lag.ts";

export type TopicsAnswer =
  | { readonly kind: "topics"; readonly list: TopicList }
  | {
      readonly kind: "none";
      readonly target: string;
      readonly pattern: string;
      /** Topics with a name like it. */
      readonly nearest: readonly string[];
    }
  | { readonly kind: "unavailable"; readonly unavailable: Unavailable };

export interface TopicList {
  readonly target: string;
  readonly pattern?: string;
  readonly topics: readonly TopicFigures[];
  readonly page: number;
  /** What arrives is the mean of so long; undefined while it is not known. */
  readonly ratesOverMs?: number;
}

const PAGE = 15;

const COLUMNS: readonly Column<TopicFigures>[] = [
  { title: "Topic", cell: ({ name }) => name, most: 120 },
  { title: "Partitions", cell: ({ partitions }) => whole(partitions), most: 20 },
  { title: "Messages", cell: ({ messages }) => whole(messages), most: 30 },
  { title: "Size", cell: ({ bytes }) => bytesText(bytes), most: 20 },
  { title: "Arrives", cell: arrives, most: 60 },
];

/** The table, or why there is none. */
export function renderTopicsAnswer(answer: TopicsAnswer): Message {
  switch (answer.kind) {
    case "topics":
      return renderTopics(answer.list);
    case "unavailable":
      return renderUnavailable(answer.unavailable);
    case "none":
      return renderUnknownName({
        what: "topic that matches",
        name: answer.pattern,
        where: `on ${answer.target}`,
        nearest: answer.nearest,
        command: (near) => `topics ${near} target:${answer.target}`,
        words: `topics ${answer.pattern}`,
      });
  }
}

/** One page of the table, and what all topics take together. */
export function renderTopics(answer: TopicList): Message {
  const { topics, pattern } = answer;
  const where = line(answer.target, 60);
  if (topics.length === 0) return messageOf([headline(`${where} has no topics.`)]);
  const page = listPage(topics, answer.page, PAGE);
  const match = pattern === undefined ? "" : ` matching ${line(pattern, 80)}`;
  const bytes = topics.reduce((sum, each) => sum + each.bytes, 0);
  return messageOf([
    headline(
      `${count(topics.length, "topic")}${match} on ${where}, ${bytesText(bytes)}, largest first:`,
    ),
    figures(COLUMNS, page.items),
    footnote(
      answer.ratesOverMs === undefined
        ? "How fast they grow is not known yet: that needs a minute of polls."
        : `Rates are means of the last ${spanText(answer.ratesOverMs / 1_000)}.`,
    ),
    ...pageParts(page, `topics ${pattern ?? ""} target:${answer.target}`.replace(/\s+/g, " ")),
  ]);
}

function arrives({ messagesPerSecond, bytesPerSecond }: TopicFigures): string {
  const parts = [
    ...(messagesPerSecond === undefined ? [] : [rateText(messagesPerSecond)]),
    ...(bytesPerSecond === undefined ? [] : [`${bytesText(bytesPerSecond)}/s`]),
  ];
  return parts.join(", ");
}

function whole(value: number): string {
  return value.toLocaleString("en-US");
}
