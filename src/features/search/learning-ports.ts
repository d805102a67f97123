/** What people tell the bot, and what it remembers of them: verdicts, questions, subscriptions. */

import type { Subscription } from "../../incidents/subscription.ts";
import type { SectionVerdicts } from "../../search/weigh-sections.ts";

/** "other" (with a note) and "itself" name no section: what ended the incident stands on no page. */
type FeedbackVerdict = "useful" | "not-useful" | "cleared" | "other" | "itself";

export interface Feedback {
  readonly who: string;
  readonly at: number;
  /** Unset for the answer of a search. */
  readonly incidentId?: string;
  readonly alert?: string;
  /** Empty for the page as a whole, and for what stands on no page. */
  readonly sectionId: string;
  readonly verdict: FeedbackVerdict;
  /** Of what fixed an incident: the step in the words of its page, or what a person wrote. */
  readonly step?: string;
  readonly note?: string;
}

/** What a person wrote of an incident that they ended. */
export interface FixNote extends Note {
  readonly incidentId: string;
}

interface Note {
  readonly who: string;
  readonly at: number;
  readonly text: string;
}

export interface FeedbackStore {
  /**
   * Keeps one verdict per person, incident and section: the last counts; and of what cleared an
   * incident, one per person. Leaves a row of the audit log where it changes what others see.
   */
  record(feedback: Feedback): Promise<void>;
  /** What was said of the sections of an alert's runbook, over all its incidents. */
  verdicts(alert: string): Promise<SectionVerdicts[]>;
  /** Whether somebody asked for the page's own order. */
  isPageOrder(alert: string): Promise<boolean>;
  /** Audited. */
  setPageOrder(alert: string, change: { who: string; at: number; on: boolean }): Promise<void>;
  note(note: Note): Promise<void>;
  /** Those about no incident, which anybody who maintains the runbooks may read; the last first. */
  notes(limit: number): Promise<Note[]>;
  /** What people wrote of how they ended incidents of an alert, the last first. */
  fixes(alert: string, limit: number): Promise<FixNote[]>;
}

export interface KeptQuestion {
  readonly id: number;
  readonly who: string;
  readonly at: number;
  /** Secrets taken out, and of bounded length. */
  readonly text: string;
}

/** Somebody's asking of a question, and where; an empty channel is a private place. */
export interface AskedIn {
  readonly who: string;
  readonly channel: string;
}

/** Who asked a question that nothing covers. */
export interface AskedGap extends AskedIn {
  readonly text: string;
  /** Equal for questions that are one gap. */
  readonly gap: string;
}

/** A question that nothing covers. */
export interface Gap {
  /** Of the last time it was asked. */
  readonly id: number;
  readonly text: string;
  readonly times: number;
  readonly people: number;
  readonly lastAt: number;
  /** Each of those who asked it, in each place. */
  readonly askings: readonly AskedIn[];
}

export interface QuestionStore {
  /** Keeps what somebody asked; the id stands for it in buttons. */
  asked(question: AskedIn & { at: number; text: string; answered: boolean }): Promise<number>;
  question(id: number): Promise<KeptQuestion | undefined>;
  /** What a person asked, each question once, the last one first. */
  recent(who: string, limit: number): Promise<KeptQuestion[]>;
  /** What was asked most first. */
  gaps(limit: number): Promise<Gap[]>;
  /** Gaps that were asked since then, each once for each asking, the last one first. */
  gapsSince(sinceMs: number, limit: number): Promise<AskedGap[]>;
  /** Something covers it now, wherever it was asked. */
  answered(id: number): Promise<void>;
  /** It is none, also when it is asked again; audited. */
  notAGap(id: number, who: string, at: number): Promise<void>;
}

interface Subscribed {
  readonly id: number;
  readonly what: Subscription;
}

export interface SubscriptionStore {
  /** False when the person has as many as they may. */
  subscribe(who: string, what: Subscription, at: number): Promise<boolean>;
  /** False when there was none. */
  unsubscribe(who: string, what: Subscription): Promise<boolean>;
  subscriptions(who: string): Promise<Subscribed[]>;
}

/** Counts searches, for the bot's own /metrics. */
export interface SearchMeter {
  searched(outcome: "answered" | "hedged" | "refused"): void;
}
