/** One Kafka request on a connection of its own, for tests of what a server answers. */

import type { KafkaPoll } from "../../../src/diagnosis/reply.ts";
import type { Address } from "../../../src/edges/streamline/address.ts";
import { createKafkaProbe, type KafkaLimits } from "../../../src/edges/streamline/kafka-probe.ts";

export async function probeKafka(address: Address, limits: KafkaLimits): Promise<KafkaPoll> {
  const probe = createKafkaProbe(() => 0);
  try {
    return await probe.poll("target", address, limits);
  } finally {
    probe.close();
  }
}
