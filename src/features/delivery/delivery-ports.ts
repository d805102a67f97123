/** What delivering a row of the outbox needs of the world. */

import type { Message } from "../../block-kit/message.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { Clock, IncidentStore, Log, Messenger, Meter, OutboxRow } from "../shared/ports.ts";

export interface DeliveryPorts {
  readonly store: IncidentStore;
  readonly messenger: Messenger;
  readonly clock: Clock;
  readonly log: Log;
  readonly meter: Meter;
  /** What a row says now; undefined when there is nothing to say any more. */
  readonly render: (row: OutboxRow, incident: Incident) => Promise<Message | undefined>;
}
