/** Useful, not useful, what fixed it, the page's order: what people say of sections and their steps. */

import { alertName } from "../../alerts/alert.ts";
import { escaped, line } from "../../block-kit/text.ts";
import { renderWords } from "../../block-kit/words.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { Section } from "../../knowledge/page.ts";
import { sectionPath } from "../../knowledge/section-path.ts";
import { renderGoneSection } from "../commands/render-answers.ts";
import { renderRunbook } from "../runbooks/render-runbook.ts";
import type {
  Click,
  GuardedInteractions,
  Reaction,
  Submission,
  SubmissionResult,
} from "../shared/interactions.ts";
import { shownWords } from "../shared/shown-words.ts";
import { onlyTarget, tellOf } from "./found-sections.ts";
import { type FeedbackPorts, judgedOf, recordVerdict } from "./judged-incident.ts";
import {
  FEEDBACK,
  LONGEST_NOTE,
  NOTHING_OF_THIS,
  type Offered,
  parseVerdict,
  renderNoteDone,
  renderNoteForm,
  renderWhichPart,
  stepLabel,
  WITH_NOTE,
} from "./render-feedback.ts";
import { sectionKeyOf, shownSteps, stepKey } from "./shown-steps.ts";

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
    await recordVerdict(ports, click.person, { sectionId, verdict });
    return thanks(ports, click, section);
  }
  const judged = await judgedOf(ports, click.person, about);
  if (typeof judged === "string") return shownWords(judged);
  const { incident, name } = judged;
  await recordVerdict(ports, click.person, {
    incidentId: incident.id,
    alert: name,
    sectionId,
    verdict,
  });
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

async function clear(ports: FeedbackPorts, click: Click): Promise<Reaction> {
  const about = parseVerdict(click.value);
  const { key = "" } = about;
  if (key === WITH_NOTE) return noteWindow(about.incidentId ?? "");
  const judged = await judgedOf(ports, click.person, about);
  if (typeof judged === "string") return shownWords(judged);
  const base = { incidentId: judged.incident.id, alert: judged.name };
  if (key === NOTHING_OF_THIS) {
    await recordVerdict(ports, click.person, { ...base, sectionId: "", verdict: "itself" });
    return shownWords("Noted: it ended without action.");
  }
  const section = sectionAt(ports, sectionKeyOf(key));
  if (section === undefined) return gone(sectionKeyOf(key));
  const step = stepAt(ports, judged.incident, key);
  await recordVerdict(ports, click.person, {
    ...base,
    sectionId: section.id,
    verdict: "cleared",
    ...(step === "" ? {} : { step }),
  });
  const title = step === "" ? sectionPath(section) : stepLabel(step);
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
      await recordVerdict(ports, person, { ...base, verdict: "other", note });
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
