/** The silence modal as it stands: its subject, what was chosen, and what that would hide. */

import { takenIn } from "../../alerts/silence-draft.ts";
import type { View } from "../../block-kit/view.ts";
import {
  chosenMatchers,
  type FilledForm,
  type Metadata,
  offered,
  type SilenceSubject,
  writeMetadata,
} from "./form.ts";
import type { Previews } from "./preview.ts";
import { renderSilenceForm, renderSilenceWords } from "./render-silence-form.ts";
import type { AlertmanagerHints, SilencePlace, SilencePlaces } from "./where.ts";

/** What is shown besides the choices. */
export interface More extends Pick<Metadata, "doubtful" | "isClassic"> {
  readonly notice?: string;
  readonly problem?: string;
}

interface FormShape {
  readonly subject: SilenceSubject;
  readonly filled: FilledForm;
  readonly more: More;
}

/** The modal with its preview, or why there is none. */
export async function formView(
  places: SilencePlaces,
  previews: Previews,
  { subject, filled, more }: FormShape,
): Promise<View> {
  const place = places.of(hintsOf(subject, filled));
  if (place.kind === "none") return renderSilenceWords(place.problem);
  const addresses = place.kind === "at" ? place.addresses : [];
  const { notice, problem, ...kept } = more;
  const { draft, fields, title, id } = offered(subject, kept);
  const { where, ...rest } = filled;
  const matchers = chosenMatchers({ fields }, filled);
  const { preview, address, others = [] } = await previews({ subject, matchers, addresses });
  const options = optionsFor(places, subject);
  return renderSilenceForm({
    subject: title,
    ...(address === undefined ? {} : { address }),
    ...(options.length === 0
      ? {}
      : { where: { options, ...(where === undefined ? {} : { chosen: where }) } }),
    draft,
    fields,
    ...rest,
    takenIn: takenIn(fields, filled.chosen, others),
    preview,
    ...(notice === undefined ? {} : { notice }),
    ...(problem === undefined ? {} : { problem }),
    metadata: writeMetadata({ subject: id, draft, ...kept }),
  });
}

/** What tells where the subject would be silenced. */
export function hintsOf(
  { incident }: SilenceSubject,
  { where }: Partial<Pick<FilledForm, "where">>,
): AlertmanagerHints {
  return {
    ...(incident === undefined ? {} : { source: incident.source }),
    ...(incident?.target === undefined ? {} : { target: incident.target }),
    ...(where === undefined ? {} : { chosen: where }),
  };
}

/** What can be chosen between, also after something was chosen. */
function optionsFor(places: SilencePlaces, subject: SilenceSubject): readonly SilencePlace[] {
  const place = places.of(hintsOf(subject, {}));
  return place.kind === "choose" ? place.options : [];
}
