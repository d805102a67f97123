/** A consumer group's lag in words and figures; the list of groups. */

import { figureText } from "../../block-kit/figure.ts";
import type { Message } from "../../block-kit/message.ts";
import { listPage, pageParts } from "../../block-kit/paging.ts";
import { figures, footnote, headline, messageOf, sentence } from "../../block-kit/parts.ts";
import { SEVERITY_MARKS, STATE_MARKS } from "../../block-kit/state-marks.ts";
import type { Column } from "../../block-kit/table.ts";
import { count, line } from "../../block-kit/text.ts";
import { duration } from "../../block-kit/times.ts";
import type {
  GroupInList,
  GroupReport,
  Outlook,
  PartitionLag,
} from "../../diagnosis/lag/group-lag.ts";
import {
  renderUnavailable,
  renderUnknownName,
  type Unavailable,
} from "../runbooks/render-absent.ts";

export type LagAnswer =
  | { readonly kind: "group"; readonly target: string; readonly report: GroupReport }
  | {
      readonly kind: "groups";
      readonly target: string;
      readonly groups: readonly GroupInList[];
      readonly page: number;
    }
  | {
      readonly kind: "no-such-group";
      readonly target: string;
      readonly group: string;
      /** Groups with a name like it. */
      readonly nearest: readonly string[];
    }
  | { readonly kind: "unavailable"; readonly unavailable: Unavailable };

/** A group, the list, or why there is neither. */
export function renderLag(answer: LagAnswer): Message {
  switch (answer.kind) {
    case "group":
      return renderGroupLag(answer.report, answer.target);
    case "groups":
      return renderGroups(answer.groups, answer.target, answer.page);
    case "unavailable":
      return renderUnavailable(answer.unavailable);
    case "no-such-group":
      return renderUnknownName({
        what: "consumer group",
        name: answer.group,
        where: `on ${answer.target}`,
        nearest: answer.nearest,
        command: (near) => `lag group:${near} target:${answer.target}`,
        words: `lag ${answer.group}`,
      });
  }
}

/** Partitions shown; the rest is counted. */
const SHOWN = 15;

const SIGNS: Readonly<Record<Outlook["kind"], string>> = {
  "caught-up": STATE_MARKS.fine,
  "keeps-up": STATE_MARKS.fine,
  "catches-up": SEVERITY_MARKS.info,
  stays: SEVERITY_MARKS.warning,
  never: SEVERITY_MARKS.warning,
  stopped: SEVERITY_MARKS.warning,
  unknown: STATE_MARKS.unknown,
};

/** The verdict first, then the partitions that are furthest behind. */
export function renderGroupLag(report: GroupReport, target: string): Message {
  const { group, outlook, total, partitions, members } = report;
  const name = line(group, 120);
  const behind = partitions.filter(({ lag }) => lag > 0);
  const left = partitions.length - Math.min(partitions.length, SHOWN);
  const who = `${count(members, "member")}, state ${line(report.state, 30)}`;
  return messageOf([
    headline(`${SIGNS[outlook.kind]} ${name} on ${line(target, 60)}: ${headOf(report)}`),
    sentence(
      `${who}; ${behind.length} of ${count(partitions.length, "partition")} behind.${trendText(report)}`,
    ),
    figures(COLUMNS, partitions.slice(0, SHOWN)),
    ...(left > 0
      ? [
          footnote(
            `${count(left, "more partition")} with less lag, together ${lagText(restOf(partitions))}.`,
          ),
        ]
      : []),
    ...(total > 0 && partitions.every(({ rates }) => rates === undefined)
      ? [
          footnote(
            "How fast it reads is not known yet: two samples of its lag are needed, a minute apart.",
          ),
        ]
      : []),
  ]);
}

function headOf({ total, outlook, partitions }: GroupReport): string {
  if (partitions.length === 0) return "it has committed no offset, so its lag is not known.";
  if (outlook.kind === "caught-up") return "no lag.";
  return `${count(total, "message")} behind, ${outlookText(outlook)}.`;
}

/** "catches up in 23 min", "never: short by 1.2k msg/s", "stopped". */
export function outlookText(outlook: Outlook): string {
  switch (outlook.kind) {
    case "caught-up":
      return "no lag";
    case "keeps-up":
      return "keeps up";
    case "catches-up":
      return `catches up in ${duration(outlook.inMs)}`;
    case "stays":
      return `stays behind: it reads as fast as messages arrive (${rateText(outlook.rate)})`;
    case "never":
      return `never catches up: it falls behind by ${rateText(outlook.shortBy)}`;
    case "stopped":
      return outlook.arrive > 0
        ? `stopped: it reads nothing, and ${rateText(outlook.arrive)} arrive`
        : "stopped: it reads nothing, and nothing arrives";
    case "unknown":
      return "not known yet whether it catches up";
  }
}

function shortOutlook({ lag, rates }: PartitionLag): string {
  if (lag === 0) return "no lag";
  if (rates === undefined) return "not known yet";
  if (rates.read <= 0) return "stopped";
  const gain = rates.read - rates.arrive;
  if (lag <= rates.arrive * 10) return "keeps up";
  return gain > 0 ? `caught up in ${duration((lag / gain) * 1_000)}` : "never caught up";
}

function trendText({ total, before, rates }: GroupReport): string {
  const speed =
    rates === undefined
      ? ""
      : ` It reads ${rateText(rates.read)}, and ${rateText(rates.arrive)} arrive.`;
  if (before === undefined) return speed;
  const change = total - before.lag;
  const word =
    change === 0 ? "the same" : `${lagText(Math.abs(change))} ${change > 0 ? "less" : "more"}`;
  return `${speed} ${duration(before.agoMs)} ago the lag was ${word}.`;
}

function restOf(partitions: readonly PartitionLag[]): number {
  return partitions.slice(SHOWN).reduce((sum, { lag }) => sum + lag, 0);
}

function lagText(lag: number): string {
  return Math.round(lag).toLocaleString("en-US");
}

/** "1.2k msg/s": three digits are enough to see which is larger. */
export function rateText(perSecond: number): string {
  const steps = [
    [1e9, "G"],
    [1e6, "M"],
    [1e3, "k"],
  ] as const;
  const step = steps.find(([size]) => perSecond >= size);
  if (step === undefined) return `${figureText(perSecond, "count")} msg/s`;
  return `${Number((perSecond / step[0]).toPrecision(2))}${step[1]} msg/s`;
}

const COLUMNS: readonly Column<PartitionLag>[] = [
  { title: "Partition", cell: ({ topic, partition }) => `${topic}/${partition}`, most: 120 },
  { title: "Lag", cell: ({ lag }) => lagText(lag), most: 30 },
  {
    title: "Reads",
    cell: ({ rates }) => (rates === undefined ? "" : rateText(rates.read)),
    most: 30,
  },
  {
    title: "Arrives",
    cell: ({ rates }) => (rates === undefined ? "" : rateText(rates.arrive)),
    most: 30,
  },
  { title: "Outlook", cell: shortOutlook, most: 40 },
];

const GROUP_PAGE = 20;

const GROUP_COLUMNS: readonly Column<GroupInList>[] = [
  { title: "Group", cell: ({ group }) => group, most: 120 },
  {
    title: "Lag",
    cell: ({ lag }) => (lag === undefined ? "not seen yet" : lagText(lag)),
    most: 30,
  },
  { title: "Members", cell: ({ members }) => String(members), most: 12 },
  { title: "State", cell: ({ state }) => state, most: 30 },
];

/** All groups, those with most lag first. */
export function renderGroups(
  groups: readonly GroupInList[],
  target: string,
  page: number,
): Message {
  const where = line(target, 60);
  if (groups.length === 0) return messageOf([headline(`${where} has no consumer groups.`)]);
  const shown = listPage(groups, page, GROUP_PAGE);
  return messageOf([
    headline(`${count(groups.length, "consumer group")} on ${where}, most lag first:`),
    figures(GROUP_COLUMNS, shown.items),
    footnote("For one group's partitions and when it catches up: /streamline lag GROUP"),
    ...pageParts(shown, `lag target:${target}`),
  ]);
}
