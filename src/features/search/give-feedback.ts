/** Useful, not useful, what cleared it, the page's order: what people say of sections. */

import { alertName } from "../../alerts/alert.ts";
import { escaped, line } from "../../block-kit/text.ts";
import { renderWords } from "../../block-kit/words.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { Section } from "../../knowledge/page.ts";
import type { CommandRow } from "../commands/command-row.ts";
import { renderGoneSection } from "../commands/render-answers.ts";
import type { IncidentReader } from "../incidents/incident-ports.ts";
import { renderRunbook } from "../runbooks/render-runbook.ts";
import type { Click, GuardedInteractions, Person, Reaction } from "../shared/interactions.ts";
import type { Permission } from "../shared/permission.ts";
import type { Clock } from "../shared/ports.ts";
import { INCIDENT_GONE, shownWords } from "../shared/shown-words.ts";
import type { KnowledgeSource } from "../shared/sources.ts";
import { onlyTarget, tellOf } from "./found-sections.ts";
import type { FeedbackStore, FeedbackVerdict } from "./learning-ports.ts";
import {
  CLEARED_ITSELF,
  FEEDBACK,
  type Offered,
  parseVerdict,
  renderNotes,
  renderWhichPart,
  SOMETHING_ELSE,
  type WrittenNote,
} from "./render-feedback.ts";

export interface FeedbackPorts {
  readonly knowledge: KnowledgeSource;
  readonly incidents: Pick<IncidentReader, "incident">;
  readonly feedback: Omit<FeedbackStore, "verdicts" | "isPageOrder">;
  readonly permission: Permission;
  readonly targets: readonly Target[];
  readonly clock: Pick<Clock, "now">;
}

export interface FeedbackOptions {
  /** Empty to list the notes. */
  readonly text: string;
}

export type FeedbackAnswer =
  | { readonly kind: "noted" }
  | { readonly kind: "notes"; readonly notes: readonly WrittenNote[] };

export function feedbackCommand(ports: FeedbackPorts): CommandRow<FeedbackOptions, FeedbackAnswer> {
  return {
    name: "feedback",
    usage: "feedback [TEXT]",
    about: "leaves a note for those who maintain the runbooks; without text it lists the notes",
    group: "Runbooks",
    right: "read",
    rightFor: ({ text }) => (text === "" ? "acknowledge" : "read"),
    reads: { kind: "text" },
    parse: ({ text }) => ({ kind: "options", options: { text } }),
    run: ({ text }, { person }) => notesOf(ports, text, person),
    render: (answer) => (answer.kind === "notes" ? renderNotes(answer.notes) : renderWords(NOTED)),
  };
}

/** What people say of a section; about an incident's alert only who may acknowledge it. */
export function feedbackButtons(ports: FeedbackPorts): Pick<GuardedInteractions, "clicks"> {
  const judging = (verdict: "useful" | "not-useful") =>
    ({ right: "read", run: (click: Click) => judge(ports, click, verdict) }) as const;
  const ordering = (on: boolean) =>
    ({ right: "acknowledge", run: (click: Click) => setPageOrder(ports, click, on) }) as const;
  return {
    clicks: {
      [FEEDBACK.useful]: judging("useful"),
      [FEEDBACK.notUseful]: judging("not-useful"),
      [FEEDBACK.cleared]: { right: "acknowledge", run: (click) => clear(ports, click) },
      [FEEDBACK.pageOrder]: ordering(true),
      [FEEDBACK.learnedOrder]: ordering(false),
    },
  };
}

/** The sections that an incident's thread can offer, of each alert that it explains. */
export function offeredSections(
  { knowledge }: Pick<FeedbackPorts, "knowledge">,
  incident: Incident,
  alerts: readonly number[] = [...incident.explained.keys()],
): Offered[] {
  const library = knowledge.library();
  const seen = new Set<string>();
  return alerts.flatMap((alert) =>
    library
      .runbookSections(incident.explained[alert] ?? "")
      .filter(({ id, text }) => text !== "" && !seen.has(id) && seen.add(id))
      .map((section) => ({ alert, section })),
  );
}

interface Judged {
  readonly incident: Incident;
  readonly alert: number;
  readonly name: string;
}

/** The incident a verdict is about; words for the person when it cannot be judged. */
async function judgedOf(
  { incidents, permission }: FeedbackPorts,
  { person }: Click,
  about: ReturnType<typeof parseVerdict>,
): Promise<Judged | string> {
  const refusal = await permission.refusal(person, "acknowledge");
  if (refusal !== undefined) return refusal;
  const incident = await incidents.incident(about.incidentId ?? "");
  if (incident === undefined) return INCIDENT_GONE;
  const alert = about.alert ?? 0;
  const [first] = incident.alerts;
  const name = incident.explained[alert] ?? (first === undefined ? "" : alertName(first));
  return { incident, alert, name };
}

async function judge(
  ports: FeedbackPorts,
  click: Click,
  verdict: "useful" | "not-useful",
): Promise<Reaction> {
  const about = parseVerdict(click.value);
  const section = about.key === undefined ? undefined : sectionAt(ports, about.key);
  if (about.key !== undefined && section === undefined) return gone(about.key);
  const sectionId = section?.id ?? "";
  if (about.incidentId === undefined) {
    await record(ports, click, { sectionId, verdict });
    return thanks(ports, click, section);
  }
  const judged = await judgedOf(ports, click, about);
  if (typeof judged === "string") return shownWords(judged);
  const { incident, name } = judged;
  await record(ports, click, { incidentId: incident.id, alert: name, sectionId, verdict });
  if (section !== undefined) return thanks(ports, click, section);
  const offered = offeredSections(ports, incident, [judged.alert]);
  const message = renderWhichPart(verdict === "useful", incident.id, offered);
  return { kind: "message", message };
}

function sectionAt({ knowledge }: FeedbackPorts, key: string): Section | undefined {
  return knowledge.library().section(key);
}

function gone(key: string): Reaction {
  return { kind: "message", message: renderGoneSection(key) };
}

function thanks(ports: FeedbackPorts, click: Click, section: Section | undefined): Reaction {
  const message = renderWords("Noted, thank you.");
  if (section === undefined) return { kind: "message", message };
  return tellOf(click, { section, targets: ports.targets }, message);
}

interface Recorded {
  readonly incidentId?: string;
  readonly alert?: string;
  readonly sectionId: string;
  readonly verdict: FeedbackVerdict;
}

function record(ports: FeedbackPorts, { person }: Click, recorded: Recorded): Promise<void> {
  return ports.feedback.record({ who: person.user, at: ports.clock.now(), ...recorded });
}

async function clear(ports: FeedbackPorts, click: Click): Promise<Reaction> {
  const about = parseVerdict(click.value);
  const judged = await judgedOf(ports, click, about);
  if (typeof judged === "string") return shownWords(judged);
  const base = { incidentId: judged.incident.id, alert: judged.name };
  const { key = "" } = about;
  if (key === CLEARED_ITSELF || key === SOMETHING_ELSE) {
    const verdict = key === CLEARED_ITSELF ? "itself" : "other";
    await record(ports, click, { ...base, sectionId: "", verdict });
    return shownWords(WORDS[key]);
  }
  const section = sectionAt(ports, key);
  if (section === undefined) return gone(key);
  await record(ports, click, { ...base, sectionId: section.id, verdict: "cleared" });
  const title = escaped(line(section.headings.join(" › "), 200), 200);
  return shownWords(`Noted: *${title}* cleared it. Next time it comes earlier in the list.`);
}

const WORDS = {
  [CLEARED_ITSELF]: "Noted: it cleared without action.",
  [SOMETHING_ELSE]:
    "Noted. Write what it was with `/streamline feedback TEXT`, so that a page can have it.",
} as const;

async function setPageOrder(ports: FeedbackPorts, click: Click, on: boolean): Promise<Reaction> {
  const judged = await judgedOf(ports, click, parseVerdict(click.value));
  if (typeof judged === "string") return shownWords(judged);
  const { name, incident } = judged;
  const at = ports.clock.now();
  await ports.feedback.setPageOrder(name, { who: click.person.user, at, on });
  if (!on) return shownWords("From now on, sections that helped before come first for this alert.");
  const library = ports.knowledge.library();
  const title = library.runbookFor(name)?.title ?? name;
  const labels = incident.alerts.find((each) => alertName(each) === name)?.labels ?? {};
  const target = ports.targets.find((each) => each.name === incident.target);
  const subject = { labels, ...(target === undefined ? onlyTarget(ports.targets) : { target }) };
  return {
    kind: "message",
    message: renderRunbook(title, library.runbookSections(name), subject),
  };
}

/** Notes shown at once. */
const SHOWN_NOTES = 15;

const NOTED = "Noted for those who maintain the runbooks. Thank you.";

async function notesOf(
  ports: FeedbackPorts,
  text: string,
  person: Person,
): Promise<FeedbackAnswer> {
  if (text === "") return { kind: "notes", notes: await ports.feedback.notes(SHOWN_NOTES) };
  await ports.feedback.note({ who: person.user, at: ports.clock.now(), text });
  return { kind: "noted" };
}
