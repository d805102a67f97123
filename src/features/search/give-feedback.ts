/** Useful, not useful, what fixed it, the page's order: what people say of sections and their steps. */

import { alertName } from "../../alerts/alert.ts";
import { escaped, line } from "../../block-kit/text.ts";
import { renderWords } from "../../block-kit/words.ts";
import type { Check } from "../../diagnosis/checks/check.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { Section } from "../../knowledge/page.ts";
import type { CommandRow } from "../commands/command-row.ts";
import { renderGoneSection } from "../commands/render-answers.ts";
import type { IncidentReader } from "../incidents/incident-ports.ts";
import { renderRunbook } from "../runbooks/render-runbook.ts";
import type {
  Click,
  GuardedInteractions,
  Person,
  Reaction,
  Submission,
  SubmissionResult,
} from "../shared/interactions.ts";
import type { Permission } from "../shared/permission.ts";
import type { Clock } from "../shared/ports.ts";
import { INCIDENT_GONE, shownWords } from "../shared/shown-words.ts";
import type { KnowledgeSource } from "../shared/sources.ts";
import { onlyTarget, tellOf } from "./found-sections.ts";
import type { FeedbackStore, FeedbackVerdict } from "./learning-ports.ts";
import {
  FEEDBACK,
  LONGEST_NOTE,
  NOTHING_OF_THIS,
  type Offered,
  parseVerdict,
  renderNoteDone,
  renderNoteForm,
  renderNotes,
  renderWhichPart,
  stepLabel,
  WITH_NOTE,
  type WrittenNote,
} from "./render-feedback.ts";
import { sectionKeyOf, shownSteps, stepKey } from "./shown-steps.ts";

export interface FeedbackPorts {
  readonly knowledge: KnowledgeSource;
  readonly incidents: Pick<IncidentReader, "incident">;
  readonly feedback: Omit<FeedbackStore, "verdicts" | "isPageOrder" | "fixes">;
  readonly checks: () => readonly Check[];
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
export function feedbackButtons(
  ports: FeedbackPorts,
): Pick<GuardedInteractions, "clicks" | "submissions"> {
  const judging = (verdict: "useful" | "not-useful") =>
    ({ right: "read", run: (click: Click) => judge(ports, click, verdict) }) as const;
  const ordering = (on: boolean) =>
    ({ right: "acknowledge", run: (click: Click) => setPageOrder(ports, click, on) }) as const;
  return {
    clicks: {
      [FEEDBACK.useful]: judging("useful"),
      [FEEDBACK.notUseful]: judging("not-useful"),
      // One of its choices opens a window, for which Slack gives three seconds: `clear` asks for the right.
      [FEEDBACK.cleared]: {
        right: "acknowledge",
        opensModal: true,
        run: (click) => clear(ports, click),
      },
      [FEEDBACK.pageOrder]: ordering(true),
      [FEEDBACK.learnedOrder]: ordering(false),
    },
    submissions: {
      [FEEDBACK.note]: { right: "acknowledge", run: (submitted) => noteFix(ports, submitted) },
    },
  };
}

/** The sections that an incident's thread can offer, of each alert that it explains. */
function offeredSections(
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
  person: Person,
  about: ReturnType<typeof parseVerdict>,
): Promise<Judged | string> {
  const refusal = await permission.refusal(person, "acknowledge");
  if (refusal !== undefined) return refusal;
  const found = await incidents.incident(about.incidentId ?? "");
  const [incident] = found === undefined ? [] : await permission.visible(person, [found]);
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
    await record(ports, click.person, { sectionId, verdict });
    return thanks(ports, click, section);
  }
  const judged = await judgedOf(ports, click.person, about);
  if (typeof judged === "string") return shownWords(judged);
  const { incident, name } = judged;
  await record(ports, click.person, { incidentId: incident.id, alert: name, sectionId, verdict });
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
  readonly step?: string;
  readonly note?: string;
}

function record(ports: FeedbackPorts, person: Person, recorded: Recorded): Promise<void> {
  return ports.feedback.record({ who: person.user, at: ports.clock.now(), ...recorded });
}

async function clear(ports: FeedbackPorts, click: Click): Promise<Reaction> {
  const about = parseVerdict(click.value);
  const { key = "" } = about;
  if (key === WITH_NOTE) return noteWindow(about.incidentId ?? "");
  const judged = await judgedOf(ports, click.person, about);
  if (typeof judged === "string") return shownWords(judged);
  const base = { incidentId: judged.incident.id, alert: judged.name };
  if (key === NOTHING_OF_THIS) {
    await record(ports, click.person, { ...base, sectionId: "", verdict: "itself" });
    return shownWords("Noted: it ended without action.");
  }
  const section = sectionAt(ports, sectionKeyOf(key));
  if (section === undefined) return gone(sectionKeyOf(key));
  const step = stepAt(ports, judged.incident, key);
  await record(ports, click.person, {
    ...base,
    sectionId: section.id,
    verdict: "cleared",
    ...(step === "" ? {} : { step }),
  });
  const title = step === "" ? section.headings.join(" › ") : stepLabel(step);
  const shown = escaped(line(title, 200), 200);
  return shownWords(`Noted: *${shown}* fixed it. Next time its section comes earlier in the list.`);
}

/** The words of a step by its key; empty for a section, and for a step that its page no longer has. */
function stepAt(ports: FeedbackPorts, incident: Incident, key: string): string {
  const from = { library: ports.knowledge.library(), checks: ports.checks() };
  return shownSteps(incident, from).find((each) => stepKey(each) === key)?.lead ?? "";
}

function noteWindow(incidentId: string): Reaction {
  const instead = renderWords(
    "A note needs a dialog, which cannot open here. Write it with `/streamline feedback TEXT`.",
  );
  return { kind: "modal", modal: { skeleton: renderNoteForm(incidentId), instead } };
}

function noteFix(ports: FeedbackPorts, { person, view, fields }: Submission): SubmissionResult {
  const written = fields[FEEDBACK.note];
  const note = typeof written === "string" ? written.trim().slice(0, LONGEST_NOTE) : "";
  if (note === "") {
    return { kind: "errors", errors: { [FEEDBACK.note]: "Write a few words, or cancel." } };
  }
  return {
    kind: "later",
    meanwhile: renderNoteDone("Saving…"),
    finish: async () => {
      const judged = await judgedOf(ports, person, { incidentId: view.metadata });
      if (typeof judged === "string") return renderNoteDone(judged);
      const base = { incidentId: judged.incident.id, alert: judged.name, sectionId: "" };
      await record(ports, person, { ...base, verdict: "other", note });
      return renderNoteDone("Saved. The incident's timeline and the alert's history show it.");
    },
  };
}

async function setPageOrder(ports: FeedbackPorts, click: Click, on: boolean): Promise<Reaction> {
  const judged = await judgedOf(ports, click.person, parseVerdict(click.value));
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
