/** What an element of a message or view is drawn from. */

import type { Json } from "../slack/json.ts";

export interface ElementProps {
  readonly element: Json;
  readonly blockId: string;
  /** In an input block a choice is kept for the submission and sent at once only if it asks so. */
  readonly isInput?: boolean;
  readonly dispatches?: boolean;
  /** The label of the input block around it. */
  readonly label?: string;
  readonly inputId?: string;
}
