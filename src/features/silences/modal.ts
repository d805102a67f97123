/** The modal in which a silence is made: opened, previewed at each choice, submitted. */

import type { View } from "../../block-kit/view.ts";
import { renderWords } from "../../block-kit/words.ts";
import { DAY_MS, parseDuration } from "../../promql/duration.ts";
import type { IncidentWriter } from "../incidents/incident-ports.ts";
import type {
  Click,
  Modal,
  Person,
  Reaction,
  Submission,
  SubmissionResult,
} from "../shared/interactions.ts";
import {
  chosenMatchers,
  emptyForm,
  type FilledForm,
  type Metadata,
  offered,
  readFilled,
  readMetadata,
  type SilenceSubject,
  type SubjectId,
  type SubjectPorts,
  subjectOf,
} from "./form.ts";
import { SILENCE } from "./form-names.ts";
import { formView, hintsOf, type More } from "./form-view.ts";
import { type MakePorts, makeSilence, type Wanted } from "./make-silence.ts";
import type { AuditLog, PastAlertReader } from "./ports.ts";
import { createPreviews } from "./preview.ts";
import { renderSilenceDone } from "./render-silence-done.ts";
import { renderSilenceSkeleton, renderSilenceWords } from "./render-silence-form.ts";
import type { SilencePlaces } from "./where.ts";

export interface ModalPorts extends MakePorts, SubjectPorts {
  readonly incidents: SubjectPorts["incidents"] & Pick<IncidentWriter, "change">;
  readonly audit: AuditLog;
  readonly pastAlerts: PastAlertReader;
  readonly places: SilencePlaces;
}

export interface SilenceModals {
  /** `duration` is what is chosen at first, as Prometheus writes it. */
  modal(id: SubjectId, person: Person, duration?: string): Modal;
  /** Something else was chosen: the same modal with what that would hide. */
  refreshed(click: Click): Promise<Reaction>;
  submitted(submission: Submission): SubmissionResult;
}

/**
 * Modals of all people; each keeps its latest choice, so that a slow answer to an earlier one is dropped.
 */
export function createSilenceModals(ports: ModalPorts): SilenceModals {
  const previews = createPreviews(ports);
  /** The latest choice in each modal: an answer to an earlier one must not take its place. */
  const latest = new Map<string, number>();
  let choices = 0;

  const shown = async (
    subject: SilenceSubject,
    filled: FilledForm,
    more: More = {},
  ): Promise<View> => formView(ports.places, previews, { subject, filled, more });

  return {
    modal: (id, person, duration) => ({
      skeleton: renderSilenceSkeleton(),
      fill: async () => {
        const subject = await subjectOf(ports, id, person);
        return subject === undefined
          ? renderSilenceWords(GONE)
          : shown(subject, emptyForm(duration));
      },
      instead: renderWords(INSTEAD),
    }),
    async refreshed({ view, fields, person }: Click): Promise<Reaction> {
      if (view === undefined) return { kind: "nothing" };
      choices += 1;
      const mine = choices;
      latest.set(view.id, mine);
      const next = await again(ports, { metadata: view.metadata, fields, person }, shown);
      if (latest.get(view.id) !== mine) return { kind: "nothing" };
      latest.delete(view.id);
      return { kind: "view", view: next };
    },
    submitted: (submission) => submit(ports, submission, shown),
  };
}

const GONE = "I no longer have this incident.";
const INSTEAD =
  "Silencing needs a dialog, which cannot open here. Press Silence… under the incident, or write `/streamline silence ALERT` in a channel.";
const CHANGED =
  "The alerts of this incident changed after you opened this window, so nothing was silenced. See what it would hide now, then press Silence again.";
const CHANGED_ONLY =
  "The alerts of this incident changed after you opened this window: the choices were reset.";

type Shown = (subject: SilenceSubject, filled: FilledForm, more?: More) => Promise<View>;

interface WrittenForm {
  readonly metadata: string;
  readonly fields: Submission["fields"];
  readonly person: Person;
}

async function again(
  ports: ModalPorts,
  { metadata, fields, person }: WrittenForm,
  shown: Shown,
): Promise<View> {
  const written = readMetadata(metadata);
  const subject =
    written === undefined ? undefined : await subjectOf(ports, written.subject, person);
  if (written === undefined || subject === undefined) return renderSilenceWords(GONE);
  const notice = subject.draft === written.draft ? {} : { notice: CHANGED_ONLY };
  const filled = readFilled(fields, offered(subject, written));
  return shown(subject, filled, { ...notice, ...keptOf(written) });
}

/** What the modal carries from one view to the next. */
function keptOf({ doubtful, isClassic }: Metadata): Pick<More, "doubtful" | "isClassic"> {
  return {
    ...(doubtful === undefined ? {} : { doubtful }),
    ...(isClassic === undefined ? {} : { isClassic }),
  };
}

function submit(
  ports: ModalPorts,
  { person, view, fields }: Submission,
  shown: Shown,
): SubmissionResult {
  const duration = durationOf(fields);
  const comment = textOf(fields[SILENCE.comment]).trim();
  const errors = {
    ...(typeof duration === "number" ? {} : { [SILENCE.other]: duration }),
    ...(comment === "" ? { [SILENCE.comment]: NO_COMMENT } : {}),
  };
  if (Object.keys(errors).length > 0 || typeof duration !== "number")
    return { kind: "errors", errors };
  return {
    kind: "later",
    meanwhile: renderSilenceSkeleton("Making the silence in Alertmanager…"),
    finish: async () => {
      const written = readMetadata(view.metadata);
      const subject =
        written === undefined ? undefined : await subjectOf(ports, written.subject, person);
      if (written === undefined || subject === undefined) return renderSilenceWords(GONE);
      const asOffered = offered(subject, written);
      const filled = readFilled(fields, asOffered);
      const kept = keptOf(written);
      if (subject.draft !== written.draft) {
        return shown(subject, filled, { problem: CHANGED, ...kept });
      }
      const place = ports.places.of(hintsOf(subject, filled));
      if (place.kind === "none") return renderSilenceWords(place.problem);
      if (place.kind === "choose") return shown(subject, filled, { problem: CHOOSE, ...kept });
      const matchers = chosenMatchers(asOffered, filled);
      return make(
        ports,
        {
          subject,
          addresses: place.addresses,
          matchers,
          durationMs: duration,
          comment,
          by: person.user,
          ...(kept.doubtful === undefined ? {} : { doubtful: kept.doubtful }),
        },
        ({ isClassic = kept.isClassic, ...more }) =>
          shown(subject, filled, { ...more, ...(isClassic === undefined ? {} : { isClassic }) }),
      );
    },
  };
}

const NO_COMMENT = "Say why: Alertmanager keeps it with the silence.";
const NAME_REFUSED =
  "Versions before 0.27 do not accept this label in a silence, so I left it out above. See what it would hide now, then press Silence again.";
const CHOOSE = "Choose in which Alertmanager first.";

async function make(
  ports: ModalPorts,
  wanted: Wanted,
  shown: (more: More) => Promise<View>,
): Promise<View> {
  const made = await makeSilence(ports, wanted);
  if (made.kind === "made") {
    const { silence, hidden } = made;
    return renderSilenceDone({
      silence,
      hidden,
      isIncident: wanted.subject.incident !== undefined,
    });
  }
  const { problem, doubtful, isNameRefused } = made;
  return shown({
    problem: isNameRefused === true ? `${problem} ${NAME_REFUSED}` : problem,
    ...(doubtful === undefined ? {} : { doubtful }),
    ...(isNameRefused === true ? { isClassic: true } : {}),
  });
}

const LEAST_MS = 60_000;
/** A silence for longer is a change of the rule, which belongs into the rule. */
const MOST_MS = 30 * DAY_MS;

/** Milliseconds, or why there are none. */
function durationOf(fields: Submission["fields"]): number | string {
  const typed = textOf(fields[SILENCE.other]).replace(/\s+/g, "");
  const ms = parseDuration(typed === "" ? textOf(fields[SILENCE.duration]) || "1h" : typed);
  if (ms === undefined) return "Write it as 90m, 12h or 1d12h.";
  return ms >= LEAST_MS && ms <= MOST_MS ? ms : "From 1m to 30d.";
}

function textOf(value: Submission["fields"][string]): string {
  return typeof value === "string" ? value : "";
}
