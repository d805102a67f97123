/** What fills the placeholders of a runbook's commands: the target's addresses, the alert's labels. */

import type { Target } from "../../diagnosis/target.ts";
import type { Labels } from "../../exposition/sample.ts";
import { placeholderName } from "../../knowledge/placeholders.ts";

export interface PlaceholderSubject {
  readonly target?: Target;
  readonly labels?: Labels;
  /** Names of the metrics that the live server shows; unknown when it was not asked. */
  readonly metrics?: ReadonlySet<string>;
}

/** Values by placeholder name. The target's come last: no label may pose as an address. */
export function placeholderValues({
  target,
  labels = {},
}: PlaceholderSubject): ReadonlyMap<string, string> {
  const values = new Map(
    Object.entries(labels).map(([name, value]) => [placeholderName(name), value]),
  );
  values.delete("STREAMLINE_HTTP");
  values.delete("STREAMLINE_KAFKA");
  // Without a target the scraped instance is the best address there is: up{instance="host:9094"}.
  const instance = labels["instance"];
  const http = target?.http ?? (instance === undefined ? undefined : `http://${instance}`);
  if (http !== undefined) values.set("STREAMLINE_HTTP", http);
  if (target !== undefined) values.set("STREAMLINE_KAFKA", target.kafka);
  return values;
}
