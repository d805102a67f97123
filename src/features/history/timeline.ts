/** `timeline INCIDENT`: the incident's story as a Markdown file in its thread. */

import { alertNames } from "../../alerts/alert.ts";
import type { Incident } from "../../incidents/incident.ts";
import { type Story, storyOf, type ThreadMessage } from "../../incidents/story.ts";
import { nearestTypable } from "../../spelling/nearest-names.ts";
import type { Asking, CommandRow } from "../commands/command-row.ts";
import { isAlertLike, SPOKEN_PARTS, type SpokenForm, spoken } from "../commands/plain-words.ts";
import { linkOf } from "../incidents/incident-lines.ts";
import type { IncidentReader } from "../incidents/incident-ports.ts";
import { ACTS } from "../incidents/render-acts.ts";
import type { Click, GuardedInteractions, Person, Reaction } from "../shared/interactions.ts";
import type { HistoryPorts } from "./alert-history.ts";
import { type IncidentChartPorts, incidentChart } from "./incident-chart.ts";
import { renderTimelineAnswer, type TimelineAnswer } from "./render-timeline.ts";
import { timelineMarkdown } from "./timeline-markdown.ts";

export interface TimelineOptions {
  /** An id or an alert's name; without it the incident of the thread. */
  readonly incident?: string;
}

/** Concludes the story, exported or not, or which incidents may be meant. */
export function timelineCommand(ports: TimelinePorts): CommandRow<TimelineOptions, TimelineAnswer> {
  return {
    name: "timeline",
    usage: "timeline [ALERT or incident's id]",
    about: "an incident's story as Markdown, for the post-mortem",
    group: "Incidents",
    right: "ask",
    cost: "costly",
    reads: { kind: "names", names: ["incident"] },
    options: ["incident"],
    parse: ({ values: { incident } }) => ({
      kind: "options",
      options: incident === undefined ? {} : { incident },
    }),
    spoken: FORMS,
    run: (options, asking) => timelineOf(ports, options, asking),
    render: (answer) => renderTimelineAnswer(answer, ports.jumpTo),
  };
}

/** The button under an incident that is over. */
export function timelineButtons(ports: TimelinePorts): Pick<GuardedInteractions, "clicks"> {
  const exported = async ({ person, value }: Click): Promise<Reaction> => {
    const answer = await timelineOf(ports, { incident: value }, { person });
    return { kind: "message", message: renderTimelineAnswer(answer, ports.jumpTo) };
  };
  return { clicks: { [ACTS.timeline]: { right: "ask", run: exported } } };
}

export type Talk =
  | { readonly kind: "read"; readonly messages: readonly ThreadMessage[] }
  /** Slack did not let us read it. */
  | { readonly kind: "refused"; readonly error: string };

/** What people wrote in a thread, and what they are called. */
export interface ThreadReader {
  read(channel: string, threadTs: string): Promise<Talk>;
  /** Names by id, as far as Slack says. */
  names(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

export interface Upload {
  readonly channel: string;
  readonly threadTs?: string;
  readonly filename: string;
  readonly title: string;
  readonly text: string;
}

export interface FileUploads {
  /** Undefined when Slack has the file; otherwise why not. */
  upload(file: Upload): Promise<string | undefined>;
}

export interface TimelinePorts extends HistoryPorts, IncidentChartPorts {
  readonly incidents: Pick<
    IncidentReader,
    "incident" | "incidentAt" | "incidentsOf" | "incidentsSince" | "timeline"
  >;
  readonly talk: ThreadReader;
  readonly files: FileUploads;
}

type AskedWhere = Pick<Asking, "person" | "threadTs">;

const OFFERED = 5;
const RECENT = 500;
/** Notifications and acts of one incident. */
const MOST_ENTRIES = 2_000;

async function timelineOf(
  ports: TimelinePorts,
  { incident: named }: TimelineOptions,
  place: AskedWhere,
): Promise<TimelineAnswer> {
  const found = await findIncident(ports, named, place);
  if (found !== undefined) return exportStory(ports, found, place);
  const all = await ports.incidents.incidentsSince(0, RECENT);
  const recent = await ports.permission.visible(place.person, all);
  if (named === undefined) {
    return { kind: "which", incidents: recent.slice(0, OFFERED), nowMs: ports.clock.now() };
  }
  const names = recent.flatMap(({ alerts }) => alertNames(alerts));
  return { kind: "no-such-incident", incident: named, nearest: nearestTypable(named, names) };
}

/** The story of an incident, and what people wrote about it, are for those who see its channel. */
async function findIncident(
  { incidents, permission }: TimelinePorts,
  named: string | undefined,
  place: AskedWhere,
): Promise<Incident | undefined> {
  const found = await candidates(incidents, named, place);
  const [first] = await permission.visible(place.person, found);
  return first;
}

/** Incidents of one alert among which the latest that the person may see is chosen. */
const MOST_OF_ALERT = 50;

async function candidates(
  incidents: TimelinePorts["incidents"],
  named: string | undefined,
  { person, threadTs }: AskedWhere,
): Promise<Incident[]> {
  if (named === undefined) {
    const own =
      threadTs === undefined ? undefined : await incidents.incidentAt(person.channel, threadTs);
    return own === undefined ? [] : [own];
  }
  const byAlert = await incidents.incidentsOf(named, MOST_OF_ALERT);
  const byId = byAlert.length > 0 ? undefined : await incidents.incident(named);
  return byId === undefined ? byAlert : [byId];
}

async function exportStory(
  ports: TimelinePorts,
  incident: Incident,
  { person }: AskedWhere,
): Promise<TimelineAnswer> {
  const events = await ports.incidents.timeline(incident.id, MOST_ENTRIES);
  const talk = await talkOf(ports, incident);
  const messages = talk.kind === "read" ? talk.messages : [];
  const told = storyOf(incident, events, messages);
  const names = await ports.talk.names(peopleIn(told));
  const story = withNames(told, names);
  const message = linkOf(incident, ports.jumpTo);
  const text = timelineMarkdown(story, {
    nameOf: (id) => names.get(id) ?? id,
    ...(talk.kind === "read" ? {} : { unread: talk.error }),
    ...(message === undefined ? {} : { message }),
  });
  const day = new Date(incident.openedAt).toISOString().slice(0, 10);
  const refused = await ports.files.upload({
    ...placeFor(incident, person),
    filename: `incident-${day}-${incident.id.replace(/[^\w-]/g, "").slice(0, 40)}.md`,
    title: `Timeline of the incident of ${day}`,
    text,
  });
  const { entries, episodes } = story;
  const chart = await incidentChart(ports, incident);
  const drawing = chart === undefined ? {} : { chart };
  const exported = { incident, entries, episodes, markdown: text, ...drawing };
  return refused === undefined
    ? { kind: "exported", ...exported }
    : { kind: "not-exported", ...exported, why: refused };
}

async function talkOf({ talk }: TimelinePorts, { channel, messageTs }: Incident): Promise<Talk> {
  return messageTs === undefined ? { kind: "read", messages: [] } : talk.read(channel, messageTs);
}

/** Into the incident's thread, where everybody reads it; what was asked in private stays private. */
function placeFor(
  { channel, messageTs }: Incident,
  person: Person,
): Pick<Upload, "channel" | "threadTs"> {
  if (person.channel.startsWith("D") || messageTs === undefined) {
    return { channel: person.channel };
  }
  return { channel, threadTs: messageTs };
}

function peopleIn({ entries }: Story): string[] {
  const ids = entries.flatMap((entry) => {
    if (entry.kind === "did") return [entry.who];
    return entry.kind === "wrote" ? [entry.by, ...mentionedIn(entry.text)] : [];
  });
  return [...new Set(ids)];
}

/** As a thread's words have a mention: an id is no word that a person types. */
const MENTION = /@([UW][A-Z0-9]{6,})\b/g;

function mentionedIn(text: string): string[] {
  return [...text.matchAll(MENTION)].map(([, id = ""]) => id);
}

/** What people wrote, with names in place of the ids that Slack writes for mentions. */
function withNames(story: Story, names: ReadonlyMap<string, string>): Story {
  const named = (text: string): string =>
    text.replace(MENTION, (all, id: string) => (names.has(id) ? `@${names.get(id)}` : all));
  const entries = story.entries.map((entry) =>
    entry.kind === "wrote" ? { ...entry, text: named(entry.text) } : entry,
  );
  return { ...story, entries };
}

const FORMS: readonly SpokenForm[] = [
  spoken(
    `(?:export |write |give me |show me )?(?:the |a )?(?:timeline|post-?mortem)(?: (?:of|for) (?:the )?${SPOKEN_PARTS.name})?`,
    timelineOfNamed,
  ),
];

function timelineOfNamed({ name }: Readonly<Record<string, string>>): string | undefined {
  if (name === undefined || /^(?:this|it|incident)$/i.test(name)) return "timeline";
  return isAlertLike(name) || /^[0-9a-f-]{8,40}$/.test(name) ? `timeline ${name}` : undefined;
}
