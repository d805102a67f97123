/** What fills the placeholders of a section's commands: the target's addresses, labels that its page names. */

import type { Target } from "../../diagnosis/target.ts";
import { type Labels, labelValue } from "../../exposition/sample.ts";
import type { Fills } from "../../knowledge/page.ts";

export interface PlaceholderSubject {
  readonly target?: Pick<Target, "http" | "kafka">;
  readonly labels?: Labels;
  /** Names of the metrics that the live server shows; unknown when it was not asked. */
  readonly metrics?: ReadonlySet<string>;
}

/** `host:port` as Prometheus writes it; anything else is no address to send a request to. */
const INSTANCE =
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:]{2,39}\]):\d{1,5}$/;

/**
 * Values by placeholder name. Labels are strangers' words: they fill only what the page says they may,
 * since Prometheus Operator's label `prometheus="monitoring/k8s"` must not become the address of a
 * command, nor `old_binary="/tmp/evil"` its program. The server's addresses are the configuration's.
 */
export function placeholderValues(
  { target, labels = {} }: PlaceholderSubject,
  fills: Fills = {},
): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [name, candidates] of Object.entries(fills)) {
    const label = candidates.find((each) => Object.hasOwn(labels, each));
    if (label !== undefined) values.set(name, labelValue(labels, label));
  }
  // Without a target the scraped instance is the best address there is: up{instance="host:9094"}.
  const instance = labelValue(labels, "instance");
  if (target !== undefined) values.set("STREAMLINE_HTTP", target.http);
  else if (INSTANCE.test(instance)) values.set("STREAMLINE_HTTP", `http://${instance}`);
  if (target !== undefined) values.set("STREAMLINE_KAFKA", target.kafka);
  return values;
}
