/**
 * What the JSON endpoints of the HTTP API answer, as far as the sampler uses it.
 *
 * Shapes: streamline-facts 1.3 to 1.5. Unknown fields are ignored; an answer of another shape is
 * no answer.
 */

import { z } from "zod";
import { boundedList } from "../../exposition/bounded-list.ts";

const groups = boundedList(
  z.object({ group_id: z.string(), state: z.string(), member_count: z.number() }),
);

const groupLag = z.object({
  partitions: boundedList(
    z.object({
      topic: z.string(),
      partition: z.number(),
      current_offset: z.number(),
      log_end_offset: z.number(),
      lag: z.number(),
    }),
  ),
});

const topics = boundedList(
  z.object({
    name: z.string(),
    partition_count: z.number(),
    total_messages: z.number(),
    total_bytes: z.number(),
  }),
);

const logs = z.object({
  entries: boundedList(
    z.object({
      id: z.number(),
      timestamp: z.number().optional(),
      message: z.string(),
      fields: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
  latest_id: z.number().optional(),
});

const system = z.object({
  memory: z.object({ used_bytes: z.number() }),
  storage: z.object({ used_bytes: z.number(), total_bytes: z.number() }),
});

const clusterStatus = z.object({
  leader_id: z.number().nullable(),
  current_term: z.number(),
  voters: boundedList(z.unknown()),
  healthy: z.boolean(),
});

const clusterMembers = z.object({ members: boundedList(z.object({ broker_state: z.string() })) });

/** The settings of a topic are texts, also where they are numbers. */
const setting = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^-?\d+$/)
      .transform(Number),
  ])
  .optional();

const topic = z.object({
  config: z.object({
    "retention.ms": setting,
    "retention.bytes": setting,
  }),
});

export const API = {
  groups,
  groupLag,
  topics,
  logs,
  system,
  clusterStatus,
  clusterMembers,
  topic,
} as const;

export type GroupSummary = z.infer<typeof groups>[number];
export type GroupLag = z.infer<typeof groupLag>;
export type TopicSummary = z.infer<typeof topics>[number];
export type SystemFigures = z.infer<typeof system>;
export type ClusterStatus = z.infer<typeof clusterStatus>;
export type ClusterMembers = z.infer<typeof clusterMembers>;
export type TopicSettings = z.infer<typeof topic>;
