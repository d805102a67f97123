/** `fills:` of a page: which placeholder of its commands takes the value of which label. */

import { z } from "zod";

/** One label, or several of which the first that an alert carries counts. */
const labelNames = z
  .union([z.string(), z.array(z.string()).min(1)])
  .transform((names) => (typeof names === "string" ? [names] : names));

/** In the front matter, or in the file of terms beside the page. */
export const pageFills = z.record(z.string(), labelNames).superRefine((given, context) => {
  for (const name of Object.keys(given)) {
    const message = whyNoPlaceholder(name);
    if (message !== undefined) context.addIssue({ code: "custom", path: [name], message });
  }
});

function whyNoPlaceholder(name: string): string | undefined {
  if (!/^[A-Z][A-Z0-9_]*$/.test(name)) return "a placeholder has capitals, digits and underscores";
  if (name !== "STREAMLINE_HTTP" && name !== "STREAMLINE_KAFKA") return undefined;
  return "the server's addresses come from the configuration, never from a label";
}
