/** Searching as people do it: results page by page, a section in full, shared, and while typing. */

import { alertName } from "../../alerts/alert.ts";
import type { Message } from "../../block-kit/message.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { Library } from "../../knowledge/library.ts";
import type { Section } from "../../knowledge/page.ts";
import { renderGoneSection, renderSearch, renderWords } from "../commands/render-answers.ts";
import type { Messenger } from "../delivery/messenger.ts";
import type { IncidentReader } from "../incidents/incident-ports.ts";
import { SHOW_SECTION } from "../runbooks/render-runbook.ts";
import type { Click, GuardedInteractions, Person, Reaction } from "../shared/interactions.ts";
import type { Clock, Log } from "../shared/ports.ts";
import type { KnowledgeSource } from "../shared/sources.ts";
import { isChannel, onlyTarget, sectionsOf, tellOf } from "./found-sections.ts";
import type { QuestionStore, SearchMeter } from "./learning-ports.ts";
import {
  RESULTS_PER_PAGE,
  renderOpened,
  renderSearchOutcome,
  renderSearchPage,
  renderShared,
  renderWasShared,
  SEARCH,
  type SearchOutcome,
} from "./render-search.ts";

export interface SearchPorts {
  readonly knowledge: KnowledgeSource;
  readonly questions: Pick<QuestionStore, "asked" | "question">;
  readonly incidents: Pick<IncidentReader, "incidentAt">;
  readonly messenger: Pick<Messenger, "post">;
  readonly targets: readonly Target[];
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
  readonly meter: SearchMeter;
}

interface Searching {
  readonly person: Person;
  /** Whether only this person sees the answer. */
  readonly isPrivate: boolean;
}

export interface SearchRunbooks {
  search(question: string, searching: Searching): Promise<SearchOutcome>;
  readonly interactions: Pick<GuardedInteractions, "clicks">;
}

/** Beyond these, nobody looks for what they want: they search for something else. */
const MOST_RESULTS = 5 * RESULTS_PER_PAGE;

export function searchRunbooks(ports: SearchPorts): SearchRunbooks {
  return {
    search: (question, searching) => search(ports, question, searching),
    interactions: {
      clicks: {
        [SHOW_SECTION]: reader(async (click) => ({
          kind: "message",
          message: await showSection(ports, click),
        })),
        [SEARCH.page]: reader((click) => showPage(ports, click)),
        [SEARCH.open]: reader(async (click) => inPlace(click, await open(ports, click))),
        [SEARCH.share]: reader(shareOnce(ports)),
        [SEARCH.again]: reader((click) => searchAgain(ports, click)),
      },
    },
  };
}

/** The runbooks are there for everybody. */
function reader(run: (click: Click) => Promise<Reaction>) {
  return { right: "read", run } as const;
}

interface Found {
  readonly sections: readonly Section[];
  readonly showing?: string;
}

async function find({ knowledge }: SearchPorts, question: string): Promise<Found> {
  const answer = await knowledge.ask(question, { limit: MOST_RESULTS });
  const sections = sectionsOf(knowledge.library(), answer);
  const showing = answer.kind === "found" ? answer.showing : undefined;
  return showing === undefined ? { sections } : { sections, showing };
}

async function search(
  ports: SearchPorts,
  question: string,
  { person, isPrivate }: Searching,
): Promise<SearchOutcome> {
  const found = await find(ports, question);
  ports.meter.searched(found.sections.length > 0);
  const id = await keep(ports, question, { person, answered: found.sections.length > 0 });
  const subject = onlyTarget(ports.targets);
  if (id === undefined || found.sections.length === 0) {
    const sections = found.sections.slice(0, RESULTS_PER_PAGE);
    return { kind: "results", results: { ...found, question, sections }, subject };
  }
  const canShare = isPrivate && isChannel(person.channel);
  return { kind: "page", page: { id, question, ...found, page: 0, canShare }, subject };
}

/** A search is answered also when it cannot be remembered. */
async function keep(
  { questions, clock, log }: SearchPorts,
  text: string,
  { person, answered }: { readonly person: Person; readonly answered: boolean },
): Promise<number | undefined> {
  try {
    return await questions.asked({ who: person.user, at: clock.now(), text, answered });
  } catch (error) {
    log.error({ err: error }, "a question could not be kept");
    return undefined;
  }
}

/** What others see is left to them: the answer then is the person's own. */
function inPlace(click: Click, message: Message): Reaction {
  return { kind: click.isPrivate === true ? "replacement" : "message", message };
}

/** How long ago somebody searched, no button knows; the question may be forgotten. */
const FORGOTTEN = renderWords("I do not remember this search any more. Search again.");

async function showPage(ports: SearchPorts, click: Click): Promise<Reaction> {
  const [id = "", page = ""] = click.value.split(" ");
  const question = await ports.questions.question(numberOf(id));
  if (question === undefined) return { kind: "message", message: FORGOTTEN };
  const found = await find(ports, question.text);
  if (found.sections.length === 0) {
    return inPlace(click, renderSearch({ question: question.text, sections: [] }, {}));
  }
  const last = Math.ceil(found.sections.length / RESULTS_PER_PAGE) - 1;
  const shown = {
    id: question.id,
    question: question.text,
    ...found,
    page: Math.min(numberOf(page), last),
    canShare: isChannel(click.person.channel),
  };
  return inPlace(click, renderSearchPage(shown, onlyTarget(ports.targets)));
}

/** Ids are whole numbers; what else a button may carry finds nothing. */
function numberOf(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : 0;
}

async function open({ knowledge, targets }: SearchPorts, click: Click): Promise<Message> {
  const [id = "", page = "", key = ""] = click.value.split(" ");
  const section = knowledge.library().section(key);
  if (section === undefined) return renderGoneSection(key);
  const from = { id: numberOf(id), page: numberOf(page) };
  const canShare = isChannel(click.person.channel);
  return renderOpened({ section, from, canShare }, onlyTarget(targets));
}

async function showSection(ports: SearchPorts, click: Click): Promise<Message> {
  const { knowledge, targets } = ports;
  const section = knowledge.library().section(click.value);
  if (section === undefined) return renderGoneSection(click.value);
  const canShare = isChannel(click.person.channel);
  const incident = await incidentOf(ports, click);
  if (incident === undefined) {
    return renderOpened({ section, canShare }, onlyTarget(targets));
  }
  const alert = alertOf(knowledge.library(), incident, section);
  const name = incident.explained[alert];
  const labels = incident.alerts.find((each) => alertName(each) === name)?.labels ?? {};
  const target = targets.find((each) => each.name === incident.target);
  const subject = { labels, ...(target === undefined ? onlyTarget(targets) : { target }) };
  return renderOpened({ section, canShare, about: { incidentId: incident.id, alert } }, subject);
}

function incidentOf(
  { incidents }: SearchPorts,
  { person, threadTs }: Click,
): Promise<Incident | undefined> {
  return threadTs === undefined
    ? Promise.resolve(undefined)
    : incidents.incidentAt(person.channel, threadTs);
}

/** The alert on whose page the section stands; the first one for a section of another page. */
function alertOf(library: Library, { explained }: Incident, section: Section): number {
  const found = explained.findIndex((name) => library.runbookSections(name).includes(section));
  return Math.max(0, found);
}

async function searchAgain(ports: SearchPorts, { value, person }: Click): Promise<Reaction> {
  const question = await ports.questions.question(numberOf(value));
  // A person's searches are nobody else's business.
  if (question === undefined || question.who !== person.user) {
    return { kind: "message", message: FORGOTTEN };
  }
  const answer = await search(ports, question.text, { person, isPrivate: false });
  return { kind: "message", message: renderSearchOutcome(answer) };
}

/** Somebody who clicks twice shares once. */
const SAME_CLICK_MS = 10_000;

function shareOnce(ports: SearchPorts) {
  const shared = new Map<string, number>();
  return async (click: Click): Promise<Reaction> => {
    const now = ports.clock.now();
    for (const [key, at] of shared) if (now - at > SAME_CLICK_MS) shared.delete(key);
    // In a modal the channel is the one from which it was opened.
    const channel = click.view?.metadata ?? click.person.channel;
    const key = `${click.person.user} ${channel} ${click.value}`;
    if (shared.has(key)) return { kind: "nothing" };
    shared.set(key, now);
    const reaction = await share(ports, click, channel);
    if (reaction.failed) shared.delete(key);
    return reaction.shown;
  };
}

interface Sharing {
  readonly failed: boolean;
  readonly shown: Reaction;
}

async function share(ports: SearchPorts, click: Click, channel: string): Promise<Sharing> {
  const { targets, log } = ports;
  const section = ports.knowledge.library().section(click.value);
  if (section === undefined) {
    return { failed: true, shown: { kind: "message", message: renderGoneSection(click.value) } };
  }
  const reason = isChannel(channel) ? await post(ports, { click, channel, section }) : "no_channel";
  if (reason !== undefined) log.warn({ channel, reason }, "a section could not be shared");
  const message =
    reason === undefined
      ? renderWasShared(section)
      : renderWords(WHY_NOT.get(reason) ?? "Slack did not take it. Try again in a moment.");
  return {
    failed: reason !== undefined,
    shown: tellOf(click, { section, targets }, message),
  };
}

interface ToShare {
  readonly click: Click;
  readonly channel: string;
  readonly section: Section;
}

/** Undefined when Slack has it, else Slack's reason. */
async function post(
  { messenger, targets }: SearchPorts,
  { click, channel, section }: ToShare,
): Promise<string | undefined> {
  const message = renderShared(section, click.person.user, onlyTarget(targets));
  const { threadTs } = click;
  const thread = threadTs === undefined ? {} : { threadTs };
  const outcome = await messenger.post({ channel, message, ...thread });
  if (outcome.kind === "posted") return undefined;
  return outcome.kind === "rate-limited" ? outcome.kind : outcome.error;
}

const WHY_NOT: ReadonlyMap<string, string> = new Map([
  ["no_channel", "There is no channel here to share it to."],
  ["not_in_channel", "I am not in this channel. Invite me with `/invite @Streamline`, then share."],
  ["channel_not_found", "I cannot see this channel. Invite me with `/invite @Streamline`."],
  ["is_archived", "This channel is archived."],
]);
