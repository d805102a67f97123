/** Every key of the YAML file: its form, its limits, its default, which stands here and nowhere else. */

import { z } from "zod";
import { DAY_MS, HOUR_MS } from "../promql/duration.ts";
import { routeSchema, sourceSchema, tenantHeaders } from "./config-alerts.ts";
import { reviewSchema, scheduleSchema } from "./config-duty.ts";
import {
  baseUrl,
  channelId,
  groupId,
  hostPort,
  labelName,
  listenAddress,
  millis,
  size,
  userId,
} from "./config-values.ts";

const labels = z.record(labelName, z.string());

/** People by id, and user groups whose members count, too. */
const people = z
  .strictObject({ users: z.array(userId).default([]), groups: z.array(groupId).default([]) })
  .prefault({});

const file = z.string().min(1, "must not be empty");

/** `true` trusts the system's authorities; a client's certificate is nothing without its key. */
const kafkaTls = z.union([
  z.boolean().transform((on) => (on ? {} : undefined)),
  z
    .strictObject({
      ca: file.optional(),
      serverName: z.string().min(1, "must not be empty").optional(),
      cert: file.optional(),
      key: file.optional(),
    })
    .refine(({ cert, key }) => (cert === undefined) === (key === undefined), {
      message: "needs cert and key together, or neither",
    }),
]);

const targetSchema = z.strictObject({
  name: z
    .string()
    .regex(
      /^[A-Za-z0-9._-]{1,60}$/,
      "must be 1 to 60 letters, digits, dots, dashes or underscores",
    ),
  http: baseUrl,
  kafka: hostPort,
  kafkaTls: kafkaTls.optional(),
  prometheus: baseUrl.optional(),
  prometheusHeaders: tenantHeaders.optional(),
  alertmanager: baseUrl.optional(),
  grafana: baseUrl.optional(),
  channels: z.array(channelId).default([]),
  labels: labels.default({}),
  timeout: millis(100, 60_000).prefault("2s"),
  maxBody: size(1024, 1024 ** 3).prefault("64MiB"),
});

/** How long rows of the store are kept: an hour for trying, ten years where somebody must. */
function kept(usual: string) {
  return millis(HOUR_MS, 3_650 * DAY_MS).prefault(usual);
}

export const fileSchema = z.strictObject({
  listen: listenAddress.prefault("0.0.0.0:8080"),
  slack: z
    .strictObject({
      mode: z.enum(["socket", "http"]).default("socket"),
      slackbot: z.boolean().default(false),
    })
    .prefault({}),
  webhook: z.strictObject({ maxBody: size(1024, 64 * 1024 ** 2).prefault("8MiB") }).prefault({}),
  store: z.string().min(1, "must not be empty").default("var/bot.db"),
  targets: z.array(targetSchema).min(1, "needs at least one target"),
  routes: z
    .array(routeSchema)
    .min(1, "needs at least one route; one without match takes every alert"),
  sources: z.array(sourceSchema).default([]),
  schedules: z.array(scheduleSchema).default([]),
  reviews: z.array(reviewSchema).default([]),
  /** Where the bot says what keeps it from working; the last route's by default. */
  operators: channelId.optional(),
  watch: z.array(channelId).default([]),
  knowledge: z.array(z.string().min(1, "must not be empty")).default([]),
  rules: z.array(z.string().min(1, "must not be empty")).default([]),
  sampling: z.strictObject({ interval: millis(1_000, 20_000).prefault("15s") }).prefault({}),
  permissions: z
    .strictObject({
      ask: z
        .strictObject({
          users: z.array(userId).default([]),
          channels: z.array(channelId).default([]),
        })
        .prefault({}),
      query: people,
      acknowledge: people,
      silence: people,
      outsiders: people,
    })
    .prefault({}),
  delivery: z.strictObject({ digestAbove: z.int().min(1).max(100).default(10) }).prefault({}),
  acknowledgement: z
    .strictObject({
      holds: millis(60_000, 7 * DAY_MS).prefault("4h"),
      remindAfter: millis(60_000, 7 * DAY_MS).prefault("30m"),
    })
    .prefault({}),
  retention: z
    .strictObject({
      incidents: kept("400d"),
      notifications: kept("30d"),
      audit: kept("90d"),
      notes: kept("365d"),
      questions: kept("90d"),
      undelivered: kept("7d"),
    })
    .prefault({}),
});

export type FileConfig = z.output<typeof fileSchema>;
