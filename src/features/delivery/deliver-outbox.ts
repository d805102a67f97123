/** Delivers what the outbox holds to Slack, until it is empty: puts the parts of the delivery together. */

import { createOneAtATime } from "../shared/one-at-a-time.ts";
import type { AnswerMeter, Log, MonotonicClock } from "../shared/ports.ts";
import { createCauses } from "./causes.ts";
import type { Deliver } from "./claimed.ts";
import { createRowDelivery } from "./deliver-row.ts";
import type {
  DeliveredIncidents,
  DeliveryMeter,
  DeliverySlack,
  DigestPorts,
  IncidentNotices,
  Outbox,
} from "./delivery-ports.ts";
import { createEarlierAttempts } from "./earlier-attempts.ts";
import { createGathering } from "./gather-digests.ts";
import { type LateCopyStore, watchLateCopies } from "./late-copies.ts";
import { createOutboxLoop, type OutboxLoop } from "./outbox-loop.ts";
import { createPace } from "./pace.ts";
import { createRowWriter, type RowWriter } from "./row-writer.ts";
import { createSettle, measureDelivery, refusedChannelText, type Settle } from "./settle.ts";
import { settleAtPlace } from "./settle-at-place.ts";

export interface Delivery extends OutboxLoop {
  /** Channels that take no messages, each in a sentence with what to do. */
  problems(): readonly string[];
}

interface DeliveryPorts {
  readonly outbox: Outbox;
  readonly slack: DeliverySlack;
  readonly incidents: DeliveredIncidents;
  readonly notices: IncidentNotices;
  readonly digests: DigestPorts;
  readonly lateCopies: LateCopyStore;
  readonly clock: MonotonicClock;
  readonly log: Log;
  readonly meter: DeliveryMeter & AnswerMeter;
}

/** Nothing is delivered before `start`; `stop` lets what is under way finish. */
export function createDelivery(ports: DeliveryPorts): Delivery {
  const { outbox, digests, clock, log, meter, slack } = ports;
  const { messenger, jumpTo } = slack;
  const elapsed = (): number => clock.elapsed();
  const reach = () => messenger.reach();
  const [pace, causes] = [createPace(elapsed), createCauses(elapsed)];
  const attempts = createEarlierAttempts(messenger, elapsed);
  const store = ports.lateCopies;
  const copies = watchLateCopies({ store, messenger, attempts, clock, log, jumpTo });
  const settle = createSettle({ outbox, pace, causes, attempts, slack, meter, log });
  const deliver = rowDelivery(ports, createRowWriter({ messenger, attempts, copies }), settle);
  const gather = createGathering({
    digests: digests.store,
    pace,
    elapsed,
    threshold: digests.above,
  });
  const loop = createOutboxLoop({ outbox, deliver, gather, pace, causes, reach, clock, log });
  return {
    start() {
      loop.start();
      copies.start();
    },
    wake: () => loop.wake(),
    problems: () => causes.refused().map(refusedChannelText),
    async stop() {
      await loop.stop();
      await copies.stop();
    },
  };
}

function rowDelivery(ports: DeliveryPorts, writer: RowWriter, settle: Settle): Deliver {
  const { outbox, incidents, notices, digests, clock, log, meter } = ports;
  const measure = measureDelivery(meter, clock);
  const place = settleAtPlace({ outbox, meter, log, settle });
  const parents = createOneAtATime();
  return createRowDelivery({
    digest: { outbox, digests, writer, settle, measure },
    digestCall: { outbox, store: digests.store, writer, settle },
    direct: { outbox, notices, writer, place },
    rerouted: { outbox, notices, writer, place },
    incident: { outbox, incidents, notices, writer, parents, settle, measure, log },
  });
}
