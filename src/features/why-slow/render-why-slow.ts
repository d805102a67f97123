/** What `why-slow` answers: a diagnosis, or that there is none to repeat. */

import type { Message } from "../../block-kit/message.ts";
import { type DiagnosisAnswer, renderDiagnosis } from "./render-diagnosis.ts";
import { renderNoReplay } from "./render-no-replay.ts";

export type WhySlowAnswer =
  | { readonly kind: "diagnosis"; readonly found: DiagnosisAnswer }
  | { readonly kind: "no-replay"; readonly id: string; readonly reason: string };

/** The message of either. */
export function renderWhySlow(answer: WhySlowAnswer): Message {
  return answer.kind === "diagnosis"
    ? renderDiagnosis(answer.found)
    : renderNoReplay(answer.id, answer.reason);
}
