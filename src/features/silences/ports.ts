/** What silences need of an Alertmanager, and of what is kept. */

import type { HeldAlert, Silence, SilenceMatcher } from "../../alerts/silence.ts";
import type { AuditEntry } from "../../incidents/change.ts";

/** An Alertmanager that is down, slow or not one at all is an outcome, never an exception. */
export type AlertmanagerResult<T> =
  | { readonly kind: "answered"; readonly value: T }
  | {
      readonly kind: "failed";
      /** Which address, what happened and what to do, in sentences; may hold a stranger's words. */
      readonly problem: string;
      /** The answer was larger than what is read. */
      readonly isTooLarge: boolean;
      /** It may have been done all the same: the answer, not the request, was lost. */
      readonly mayBeDone: boolean;
      /** Place of the matcher whose label's name it does not take; versions before 0.27 refuse many. */
      readonly refusedMatcher?: number;
    };

export interface NewSilence {
  /** Changes this one instead of making another. */
  readonly id?: string;
  readonly matchers: readonly SilenceMatcher[];
  readonly startsAt: number;
  readonly endsAt: number;
  readonly createdBy: string;
  readonly comment: string;
}

/** Every method takes the address of the Alertmanager that is meant, one of the configured ones. */
export interface Alertmanagers {
  /** What is not over and is taken by all these matchers; everything for none. */
  alerts(
    address: string,
    matchers: readonly SilenceMatcher[],
  ): Promise<AlertmanagerResult<readonly HeldAlert[]>>;
  silences(address: string): Promise<AlertmanagerResult<readonly Silence[]>>;
  silence(address: string, id: string): Promise<AlertmanagerResult<Silence | undefined>>;
  /** Makes a silence, or changes one; its id. */
  make(address: string, silence: NewSilence): Promise<AlertmanagerResult<string>>;
  /** Ends a silence; one that has ended already is no failure. */
  end(address: string, id: string): Promise<AlertmanagerResult<"ended">>;
}

/** An alert that some notification named. */
export interface PastAlert {
  readonly incidentId: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface PastAlerts {
  /** Each alert of each incident once. */
  readonly alerts: readonly PastAlert[];
  /** False when there were more notifications than are read. */
  readonly isComplete: boolean;
}

/** The alerts of past notifications. */
export interface PastAlertReader {
  /** Those of the notifications since then, as far as they are kept. */
  since(sinceMs: number): Promise<PastAlerts>;
}

export interface AuditLog {
  /** Adds a row beside any change of an incident: a silence made by command, a question. */
  record(entry: AuditEntry & { readonly incidentId?: string }, nowMs: number): Promise<void>;
}
