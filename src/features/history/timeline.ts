/** `timeline INCIDENT`: the incident's story as a Markdown file in its thread. */

import { alertNames } from "../../alerts/alert.ts";
import type { Message } from "../../block-kit/message.ts";
import type { Incident } from "../../incidents/incident.ts";
import { type Said, type Story, storyOf } from "../../incidents/story.ts";
import { nearestNames } from "../../spelling/nearest-names.ts";
import { isProse, readWords } from "../commands/read-words.ts";
import { asQuestion, type Question, type Subcommand } from "../commands/subcommand.ts";
import type { IncidentReader } from "../incidents/incident-ports.ts";
import { renderUnknownName } from "../runbooks/render-absent.ts";
import type { Person } from "../shared/interactions.ts";
import { isTypable } from "../targets/lag.ts";
import type { HistoryPorts } from "./alert-history.ts";
import { renderExported, renderTimeline, renderWhichIncident } from "./render-timeline.ts";
import { timelineMarkdown } from "./timeline-markdown.ts";

export interface TimelineCommand {
  readonly kind: "timeline";
  /** An id or an alert's name; without it the incident of the thread. */
  readonly incident?: string;
}

export const TIMELINE: Subcommand<TimelineCommand | Question> = {
  name: "timeline",
  usage: "timeline [ALERT or incident's id]",
  about: "an incident's story as Markdown, for the post-mortem",
  group: "Incidents",
  right: "ask",
  parse(rest) {
    const words = readWords(rest);
    if (isProse(words, 1)) return asQuestion("timeline", rest);
    const [incident] = words.names;
    return { kind: "timeline", ...(incident === undefined ? {} : { incident }) };
  },
};

export type Talk =
  | { readonly kind: "read"; readonly said: readonly Said[] }
  /** Slack did not let us read it. */
  | { readonly kind: "refused"; readonly error: string };

/** What people wrote in a thread, and what they are called. */
export interface TalkSource {
  said(channel: string, threadTs: string): Promise<Talk>;
  /** Names by id, of those that Slack tells. */
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

export interface TimelinePorts extends HistoryPorts {
  readonly incidents: Pick<
    IncidentReader,
    "incident" | "incidentAt" | "incidentsOf" | "incidentsSince" | "timeline"
  >;
  readonly talk: TalkSource;
  readonly files: FileUploads;
}

export interface AskedWhere {
  readonly person: Person;
  /** The thread in which it was asked. */
  readonly threadTs?: string;
}

const OFFERED = 5;
const RECENT = 500;
/** Notifications and acts of one incident. */
const MOST_ENTRIES = 2_000;

export async function answerTimeline(
  ports: TimelinePorts,
  { incident: named }: TimelineCommand,
  place: AskedWhere,
): Promise<Message> {
  const found = await findIncident(ports, named, place);
  if (found !== undefined) return exportStory(ports, found, place);
  const recent = await ports.incidents.incidentsSince(0, RECENT);
  if (named === undefined) {
    return renderWhichIncident(recent.slice(0, OFFERED), ports.clock.now());
  }
  const names = recent.flatMap(({ alerts }) => alertNames(alerts)).filter(isTypable);
  return renderUnknownName({
    what: "incident",
    name: named,
    where: "by that id or alert",
    nearest: nearestNames(named, names),
    command: (near) => `timeline ${near}`,
    words: `timeline ${named}`,
  });
}

async function findIncident(
  { incidents }: TimelinePorts,
  named: string | undefined,
  { person, threadTs }: AskedWhere,
): Promise<Incident | undefined> {
  if (named === undefined) {
    return threadTs === undefined ? undefined : incidents.incidentAt(person.channel, threadTs);
  }
  const [byAlert] = await incidents.incidentsOf(named, 1);
  return byAlert ?? (await incidents.incident(named));
}

async function exportStory(
  ports: TimelinePorts,
  incident: Incident,
  { person }: AskedWhere,
): Promise<Message> {
  const told = await ports.incidents.timeline(incident.id, MOST_ENTRIES);
  const talk = await talkOf(ports, incident);
  const said = talk.kind === "read" ? talk.said : [];
  const story = storyOf(incident, told, said);
  const names = await ports.talk.names(peopleIn(story));
  const text = timelineMarkdown(story, {
    nameOf: (id) => names.get(id) ?? id,
    ...(talk.kind === "read" ? {} : { unread: talk.error }),
  });
  const day = new Date(incident.openedAt).toISOString().slice(0, 10);
  const refused = await ports.files.upload({
    ...placeFor(incident, person),
    filename: `incident-${day}-${incident.id.replace(/[^\w-]/g, "").slice(0, 40)}.md`,
    title: `Timeline of the incident of ${day}`,
    text,
  });
  return refused === undefined
    ? renderExported(incident, ports.jumpTo)
    : renderTimeline(incident, text, refused);
}

async function talkOf({ talk }: TimelinePorts, { channel, messageTs }: Incident): Promise<Talk> {
  return messageTs === undefined ? { kind: "read", said: [] } : talk.said(channel, messageTs);
}

/** Into the incident's thread, where everybody looks; what was asked in private stays there. */
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
    return entry.kind === "said" ? [entry.by] : [];
  });
  return [...new Set(ids)];
}
