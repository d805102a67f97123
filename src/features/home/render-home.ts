/** A person's Home tab: how the targets are, what fires, what is theirs, and what needs setting up. */

import { ruleName } from "../../alerts/alert.ts";
import { actions, button, context, header, paragraph } from "../../block-kit/blocks.ts";
import type { KnownBlock } from "../../block-kit/message.ts";
import { RUN_COMMAND } from "../../block-kit/parts.ts";
import { SEVERITY_MARKS, STATE_MARKS } from "../../block-kit/state-marks.ts";
import { code, count, escaped, line, listed } from "../../block-kit/text.ts";
import { moment } from "../../block-kit/times.ts";
import type { View } from "../../block-kit/view.ts";
import { firingOf, type Incident } from "../../incidents/incident.ts";
import { heldSilenceOf } from "../../incidents/quiet.ts";
import { rankOfSeverity } from "../../incidents/severity.ts";
import { titleOf } from "../incidents/incident-title.ts";
import { person } from "../incidents/quiet-words.ts";
import { ACTS } from "../incidents/render-acts.ts";
import { severityWordsOf } from "../incidents/severity-words.ts";
import { SEARCH } from "../search/render-search.ts";
import type { FoundState } from "../shared/found-state.ts";
import {
  type ShownSubscription,
  subscriptionBlock,
} from "../subscriptions/render-subscriptions.ts";

export interface TargetState {
  readonly name: string;
  /** When it was last polled, and whether it answered; unset before the first poll. */
  readonly seen?: { readonly at: number; readonly answered: boolean };
  /** Alerts of rules that hold now, each once, firing before pending. */
  readonly rules: readonly {
    readonly alert: string;
    readonly severity: string;
    readonly state: "firing" | "pending";
  }[];
  /** The worst that the checks find. */
  readonly found?: FoundState;
}

/** When Slack refused a token while the bot ran, in milliseconds since 1970. */
export interface TokenRefusal {
  readonly words: string;
  readonly from: number;
  /** Unset while it lasts. */
  readonly to?: number;
  /** Notices that waited for its end; none where what Slack refused only lets people ask. */
  readonly late: number;
}

export interface HomeState {
  readonly user: string;
  readonly nowMs: number;
  /** Why this person is shown nothing of the servers; then the live lists are empty. */
  readonly refusal?: string;
  readonly targets: readonly TargetState[];
  /** What fires, worst first. */
  readonly firing: readonly Incident[];
  /** Incidents whose silence ends soon, the next end first. */
  readonly silenced: readonly Incident[];
  readonly searches: readonly { readonly id: number; readonly text: string }[];
  readonly subscriptions: readonly ShownSubscription[];
  /** What somebody should put right, in words. */
  readonly problems: readonly string[];
  /** A token that Slack refused for a while, not long ago. */
  readonly refusedToken?: TokenRefusal & { readonly to: number };
  /** How many pages of the runbooks are read, in words; unset for who may not see it. */
  readonly pagesRead?: string;
}

const SHOWN = { targets: 8, firing: 8, mine: 5, silenced: 5, searches: 5, problems: 8 };

/** The view with what the state has; parts that have nothing are left out. */
export function renderHome(state: HomeState): View {
  return {
    callbackId: "home",
    title: "Streamline",
    blocks: [
      ...liveParts(state),
      ...searches(state),
      ...subscriptions(state),
      ...problems(state.problems),
      ...refusedToken(state),
      context(
        `${state.pagesRead === undefined ? "" : `Runbooks: ${state.pagesRead}. `}As of ${moment(state.nowMs)}. This page updates when something changes. \`/streamline help\` lists the commands.`,
      ),
    ],
  };
}

function liveParts(state: HomeState): KnownBlock[] {
  if (state.refusal !== undefined) return [paragraph(escaped(state.refusal))];
  return [...targets(state), ...firing(state), ...acknowledgements(state), ...silences(state)];
}

/** A part with its title, and a word for those that are beyond what is shown. */
function part<T>(
  title: string,
  {
    all,
    most,
    empty,
  }: { readonly all: readonly T[]; readonly most: number; readonly empty: string },
  blocksOf: (each: T, index: number) => KnownBlock[],
): KnownBlock[] {
  const left = all.length - most;
  return [
    header(title),
    ...(all.length === 0 ? [context(empty)] : all.slice(0, most).flatMap(blocksOf)),
    ...(left > 0 ? [context(`and ${left} more`)] : []),
  ];
}

function targets({ targets: all, nowMs, firing: open }: HomeState): KnownBlock[] {
  const shown = { all, most: SHOWN.targets, empty: "No target is configured." };
  return part("Servers", shown, (target, index) => [
    paragraph(`${targetLine(target, { nowMs, reported: reportedOf(target, open) })}`),
    actions([
      button("Why slow?", { id: `${RUN_COMMAND}:why${index}`, value: `why-slow ${target.name}` }),
      button("Health", { id: `${RUN_COMMAND}:health${index}`, value: `health ${target.name}` }),
    ]),
  ]);
}

/** Rules named of one target. */
const NAMED = 4;
/** A poll that is older than this says nothing about now. */
const OLD_MS = 5 * 60_000;

/** Alerts that fire by their source, whatever our own evaluation of their rules has come to. */
function reportedOf({ name }: TargetState, open: readonly Incident[]): ReadonlySet<string> {
  const own = open.filter(({ target }) => target === name);
  return new Set(own.flatMap(({ alerts }) => firingOf(alerts).map(ruleName)));
}

interface TargetView {
  readonly nowMs: number;
  readonly reported: ReadonlySet<string>;
}

/** The colour is that of the worst of what is known: the checks' verdict first, then the rules. */
function targetLine(
  { name, seen, rules, found }: TargetState,
  { nowMs, reported }: TargetView,
): string {
  const title = `*${escaped(name, 60)}*`;
  if (seen === undefined) return `${STATE_MARKS.unknown} ${title}: not polled yet`;
  if (!seen.answered) {
    return `${SEVERITY_MARKS.critical} ${title}: does not answer, as of ${moment(seen.at)}`;
  }
  const old = nowMs - seen.at > OLD_MS ? `, as of ${moment(seen.at)}` : "";
  const isReported = ({ alert }: Rules[number]): boolean => reported.has(alert);
  const fires = rules.filter(isReported);
  const others = rules.filter((rule) => !isReported(rule));
  const firingNow = rules.filter(({ state }) => state === "firing");
  const isTrue = others.filter(({ state }) => state === "firing");
  const pending = others.filter(({ state }) => state === "pending");
  const facts = [
    ...(found === undefined ? [] : [escaped(line(found.title, 80))]),
    ...(fires.length > 0 ? [`${named(fires)} ${fires.length === 1 ? "fires" : "fire"}`] : []),
    ...(isTrue.length > 0 ? [`${named(isTrue)} should fire, by my own samples`] : []),
    ...(pending.length > 0 ? [`${named(pending)} may fire soon`] : []),
  ];
  const words = facts.length === 0 ? "answers, and no alert condition is true" : facts.join("; ");
  return `${markOf(found, [...firingNow, ...fires], pending)} ${title}: ${words}${old}`;
}

type Rules = TargetState["rules"];

function markOf(found: FoundState | undefined, firingNow: Rules, pending: Rules): string {
  const worst = [...(found === undefined ? [] : [found]), ...firingNow].toSorted(
    (a, b) => rankOfSeverity(a.severity) - rankOfSeverity(b.severity),
  )[0];
  if (worst !== undefined) return severityWordsOf(worst.severity).mark;
  return pending.length > 0 ? SEVERITY_MARKS.info : STATE_MARKS.fine;
}

function named(rules: TargetState["rules"]): string {
  return listed(rules, { most: NAMED, textOf: ({ alert }) => code(alert, 80) });
}

function firing({ firing: all, nowMs, user }: HomeState): KnownBlock[] {
  const shown = { all, most: SHOWN.firing, empty: "✅ Nothing fires." };
  return part("Firing now", shown, (incident, index) => [
    paragraph(`*${escaped(titleOf(incident, nowMs))}*`),
    context(factsOf(incident)),
    actions(incidentButtons(incident, user, index)),
  ]);
}

function factsOf({ openedAt, target, channel, acknowledged, reopened }: Incident): string {
  return [
    `since ${moment(openedAt)}`,
    ...(reopened === 0 ? [] : [`fired again ${count(reopened, "time")}`]),
    ...(target === undefined ? [] : [`target ${code(target)}`]),
    ...(acknowledged === undefined ? [] : [`👀 ${person(acknowledged.by)}`]),
    ...(/^[CG][A-Z0-9]+$/.test(channel) ? [`<#${channel}>`] : []),
  ].join("  ·  ");
}

function incidentButtons({ id, acknowledged, target }: Incident, user: string, index: number) {
  const of = (label: string, action: string) =>
    button(label, { id: `${action}:${index}`, value: id });
  const mine = acknowledged?.by === user;
  return [
    ...(acknowledged === undefined ? [of("Acknowledge", ACTS.acknowledge)] : []),
    ...(mine ? [of("Unacknowledge", ACTS.unacknowledge)] : []),
    ...(target === undefined ? [] : [of("Why slow?", ACTS.whySlow)]),
    of("Runbook", ACTS.runbook),
  ];
}

function acknowledgements({ firing: all, user, nowMs }: HomeState): KnownBlock[] {
  const mine = all.filter(({ acknowledged }) => acknowledged?.by === user);
  const shown = { all: mine, most: SHOWN.mine, empty: "You have acknowledged nothing." };
  return part("Your acknowledgements", shown, (incident) => [
    context(
      `${escaped(titleOf(incident, nowMs))}  ·  until ${moment(incident.acknowledged?.until ?? nowMs)}`,
    ),
  ]);
}

function silences({ silenced, nowMs }: HomeState): KnownBlock[] {
  const shown = { all: silenced, most: SHOWN.silenced, empty: "No silence ends soon." };
  return part("Silences that end soon", shown, (incident) => {
    const silence = heldSilenceOf(incident, nowMs);
    const by = silence === undefined ? "" : `, by ${person(silence.by)}`;
    const until = moment(silence?.until ?? nowMs);
    return [context(`${escaped(titleOf(incident, nowMs))}  ·  until ${until}${by}`)];
  });
}

function searches({ searches: all }: HomeState): KnownBlock[] {
  const shown = { all, most: SHOWN.searches, empty: "Search with `/streamline search`." };
  return part("Your recent searches", shown, ({ id, text }) => [
    {
      type: "section",
      text: { type: "plain_text", text: line(text, 150) || "(empty)", emoji: false },
      accessory: button("Search again", { id: `${SEARCH.again}:${id}`, value: String(id) }),
    },
  ]);
}

function subscriptions({ subscriptions: all }: HomeState): KnownBlock[] {
  const empty = "None. `/streamline subscribe ALERT` sends you a message when it starts to fire.";
  const shown = { all, most: all.length, empty };
  return part("Your subscriptions", shown, (each) => [subscriptionBlock(each)]);
}

function problems(all: readonly string[]): KnownBlock[] {
  if (all.length === 0) return [];
  const shown = { all, most: SHOWN.problems, empty: "" };
  const title = `${count(all.length, "setup problem")}`;
  return part(title, shown, (problem) => [context(`⚠️ ${escaped(line(problem, 400), 400)}`)]);
}

function refusedToken({ refusedToken: refusal }: HomeState): KnownBlock[] {
  if (refusal === undefined) return [];
  const { words, from, to, late } = refusal;
  const waited = late === 0 ? "Nothing had to wait." : `${count(late, "message")} came late.`;
  return [
    context(
      `⚠️ From ${moment(from)} to ${moment(to)}: ${escaped(line(words, 300))}. It is over. ${waited}`,
    ),
  ];
}
