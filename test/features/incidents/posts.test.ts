/**
 * Other apps' posts in watched channels, in the forms in which Alertmanager (notify/slack, templates
 * of 0.25 to 0.35) and templates built on it write them, with their edits and the replies in their own
 * threads.
 */

import { describe } from "node:test";
import type { Json } from "../../support/case-bodies.ts";
import { attached, check, MINUTE } from "./post-rows.ts";

const LINK = "http://am:9093/#/alerts?receiver=slack";

/** Alertmanager's own template. */
function byDefault(title: string): Json {
  const color = title.includes("FIRING") ? "danger" : "good";
  return attached({ title, title_link: LINK, text: "", fallback: `${title} | ${LINK}`, color });
}

const TWO_HOURS = { wait: 7_200 };

describe("Alertmanager's post_updates_to_thread and update_message", () => {
  check([
    {
      what: "the end as a reply",
      steps: [
        { post: byDefault("[FIRING:2] ConsumerLag streamline (warning)") },
        MINUTE,
        { reply: byDefault("[RESOLVED] ConsumerLag streamline (warning)") },
      ],
      shows: ["resolved"],
    },
    {
      what: "both options: the first post again as a reply opens nothing more",
      steps: [
        { post: byDefault("[FIRING:1] ConsumerLag streamline (orders warning)") },
        { reply: byDefault("[FIRING:1] ConsumerLag streamline (orders warning)") },
      ],
      shows: ["firing: ConsumerLag warning"],
      runbooks: ["ConsumerLag"],
    },
    {
      what: "both options: the edit and the reply are one end",
      steps: [
        { post: byDefault("[FIRING:1] ConsumerLag streamline (orders warning)") },
        MINUTE,
        { edit: byDefault("[RESOLVED] ConsumerLag streamline (orders warning)") },
        { reply: byDefault("[RESOLVED] ConsumerLag streamline (orders warning)") },
      ],
      shows: ["resolved"],
    },
    {
      what: "both options: edited back to firing, and a reply that says so",
      steps: [
        { post: byDefault("[FIRING:1] KafkaDown (critical)") },
        { edit: byDefault("[RESOLVED] KafkaDown (critical)") },
        { reply: byDefault("[RESOLVED] KafkaDown (critical)") },
        MINUTE,
        { edit: byDefault("[FIRING:1] KafkaDown (critical)") },
        { reply: byDefault("[FIRING:1] KafkaDown (critical)") },
      ],
      shows: ["firing: KafkaDown critical"],
    },
    {
      what: "a group that grows",
      steps: [
        { post: byDefault("[FIRING:1] ConsumerLag streamline (orders warning)") },
        MINUTE,
        { reply: byDefault("[FIRING:3] ConsumerLag streamline (warning)") },
      ],
      shows: ["firing: ConsumerLag warning"],
      runbooks: ["ConsumerLag"],
    },
    {
      what: "it fires again hours later below the same post",
      steps: [
        { post: byDefault("[FIRING:1] KafkaDown (critical)") },
        MINUTE,
        { reply: byDefault("[RESOLVED] KafkaDown (critical)") },
        TWO_HOURS,
        { reply: byDefault("[FIRING:1] KafkaDown (critical)") },
      ],
      shows: ["resolved", "firing: KafkaDown critical"],
    },
    {
      what: "a group whose alerts share no name any more is over when it says so",
      steps: [
        { post: byDefault("[FIRING:1] streamline (KafkaDown critical b1:9094)") },
        MINUTE,
        { reply: byDefault("[FIRING:2] streamline (critical b1:9094)") },
        MINUTE,
        { reply: byDefault("[RESOLVED] streamline (critical b1:9094)") },
      ],
      shows: ["resolved"],
    },
    {
      what: "a group whose alerts share no name any more fires until then",
      steps: [
        { post: byDefault("[FIRING:1]  (KafkaDown critical b1:9094)") },
        MINUTE,
        { reply: byDefault("[FIRING:2]  (critical b1:9094)") },
      ],
      shows: ["firing: KafkaDown critical b1:9094"],
    },
    {
      what: "an edit that names no alert any more means those of before",
      steps: [
        { post: byDefault("[FIRING:1]  (KafkaDown critical)") },
        MINUTE,
        { edit: byDefault("[RESOLVED] ") },
      ],
      shows: ["resolved"],
    },
    {
      what: "the group goes on with another alert, and ends with it",
      steps: [
        { post: byDefault("[FIRING:1] streamline (KafkaDown critical)") },
        MINUTE,
        { reply: byDefault("[FIRING:1] streamline (DiskFull critical)") },
        MINUTE,
        { reply: byDefault("[RESOLVED] streamline (DiskFull critical)") },
      ],
      shows: ["resolved"],
    },
    {
      what: "a group by nothing goes on with another alert",
      steps: [
        { post: byDefault("[FIRING:1]  (KafkaDown critical)") },
        MINUTE,
        { reply: byDefault("[FIRING:1]  (ConsumerLag warning)") },
      ],
      shows: ["firing: ConsumerLag warning"],
      runbooks: ["KafkaDown", "ConsumerLag"],
    },
    {
      what: "a reply of another group says nothing of this one",
      steps: [
        { post: byDefault("[FIRING:1] ConsumerLag streamline (warning)") },
        MINUTE,
        { reply: byDefault("[RESOLVED] KafkaDown streamline (critical)") },
      ],
      shows: ["firing: ConsumerLag warning"],
    },
    {
      what: "an end that names nothing, above which nothing is known, ends nothing",
      steps: [
        { post: byDefault("[FIRING:1]  (KafkaDown critical)") },
        MINUTE,
        { post: byDefault("[RESOLVED]  (critical)") },
      ],
      shows: ["firing: KafkaDown critical"],
    },
  ]);
});

describe("other templates", () => {
  check([
    {
      what: "a picture before a state in capitals, as Slack keeps it",
      steps: [
        { post: { text: ":fire: FIRING: KafkaDown on b1:9094" } },
        MINUTE,
        { post: { text: ":white_check_mark: RESOLVED: KafkaDown on b1:9094" } },
      ],
      shows: ["resolved"],
    },
    {
      what: "a state as a heading in small letters, of an alert that is known",
      steps: [{ post: { text: ":rotating_light: Firing: KafkaDown" } }],
      shows: ["firing: KafkaDown"],
    },
    {
      what: "the alert, its severity and its state in fields",
      steps: [
        {
          post: attached({
            color: "danger",
            fields: [
              { title: "Alert", value: "KafkaDown" },
              { title: "Severity", value: "critical" },
              { title: "Status", value: "firing" },
            ],
          }),
        },
      ],
      shows: ["firing: KafkaDown critical"],
    },
    {
      what: "an attachment for each of two alerts",
      steps: [
        {
          post: attached(
            { title: "[FIRING:1] KafkaDown b1", color: "danger" },
            { title: "[FIRING:1] ConsumerLag b1", color: "danger" },
          ),
        },
      ],
      shows: ["firing: KafkaDown, ConsumerLag"],
      runbooks: ["KafkaDown", "ConsumerLag"],
    },
    {
      what: "severity and cluster in prose, and the name in the fallback alone",
      steps: [
        {
          post: attached({
            title: "[FIRING] lag of orders\n",
            text: "*Description:* it is late: very\n*Cluster:* prod\n*Severity:* warning\n",
            fallback: `[FIRING:1] ConsumerLag (prod warning) | ${LINK}`,
            title_link: LINK,
            color: "danger",
          }),
        },
      ],
      shows: ["firing: ConsumerLag warning"],
    },
    ...[
      "firing: we look at it",
      "Resolved the trouble with ConsumerLag",
      "It is resolved: thanks",
    ].map((text) => ({ what: `"${text}" is no alert`, steps: [{ post: { text } }], shows: [] })),
  ]);
});
