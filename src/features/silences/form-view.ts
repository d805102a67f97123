/** The silence modal as it stands: its subject, what was chosen, and what that would hide. */

import type { View } from "../../block-kit/view.ts";
import type { Target } from "../../diagnosis/target.ts";
import { chosenMatchers, type FilledForm, type SilenceSubject, writeMetadata } from "./form.ts";
import type { Previews } from "./preview.ts";
import { renderSilenceForm, renderSilenceWords } from "./render-silence-form.ts";
import { type AlertmanagerChoice, placeOf } from "./where.ts";

/** What is shown besides the choices. */
export interface More {
  readonly notice?: string;
  readonly problem?: string;
  readonly doubtful?: number;
}

interface FormShape {
  readonly subject: SilenceSubject;
  readonly filled: FilledForm;
  readonly more: More;
}

/** The modal with its preview, or why there is none. */
export async function formView(
  { targets }: { readonly targets: readonly Target[] },
  previews: Previews,
  { subject, filled, more }: FormShape,
): Promise<View> {
  const place = placeFor(targets, subject, filled);
  if (place.kind === "none") return renderSilenceWords(place.problem);
  const address = place.kind === "at" ? place.address : undefined;
  const matchers = chosenMatchers(subject, filled);
  const { draft, fields, title, id } = subject;
  const { where, ...rest } = filled;
  const { notice, problem, ...doubt } = more;
  const choice = choiceFor(targets, subject);
  return renderSilenceForm({
    subject: title,
    ...(address === undefined ? {} : { address }),
    ...(choice.length === 0
      ? {}
      : { where: { options: choice, ...(where === undefined ? {} : { chosen: where }) } }),
    draft,
    fields,
    ...rest,
    preview: await previews({ subject, matchers, address }),
    ...(notice === undefined ? {} : { notice }),
    ...(problem === undefined ? {} : { problem }),
    metadata: writeMetadata({ subject: id, draft, ...doubt }),
  });
}

/** Where the subject would be silenced. */
export function placeFor(
  targets: readonly Target[],
  { incident }: SilenceSubject,
  { where }: FilledForm,
): AlertmanagerChoice {
  return placeOf(targets, {
    ...(incident?.target === undefined ? {} : { target: incident.target }),
    ...(where === undefined ? {} : { chosen: where }),
  });
}

/** What can be chosen between, also after something was chosen. */
function choiceFor(targets: readonly Target[], { incident }: SilenceSubject) {
  const target = incident?.target === undefined ? {} : { target: incident.target };
  const place = placeOf(targets, target);
  return place.kind === "choose" ? place.options : [];
}
