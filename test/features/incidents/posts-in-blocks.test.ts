/** Alerts in watched channels whose words stand in blocks, and not in attachments. */

import { describe } from "node:test";
import type { Json } from "../../support/case-bodies.ts";
import { attached, check, GREEN, heading, MINUTE, RED, words } from "./post-rows.ts";

const section = (text: string): Json => ({ type: "section", text: { type: "mrkdwn", text } });

const rich = (...elements: readonly Json[]): Json => ({ type: "rich_text", elements });

describe("words in blocks", () => {
  const unseen = "[no preview available]";
  check([
    {
      what: "of an attachment that has nothing else, and its end",
      steps: [
        {
          post: attached({
            color: RED,
            fallback: unseen,
            blocks: [
              heading("[FIRING:1] KafkaDown"),
              section("*severity:* critical\n*instance:* `b1:9094`"),
            ],
          }),
        },
        MINUTE,
        {
          post: attached({
            color: GREEN,
            fallback: unseen,
            blocks: [heading("[RESOLVED] KafkaDown")],
          }),
        },
      ],
      shows: ["resolved"],
    },
    {
      what: "labels marked as such, without a list",
      steps: [
        {
          post: attached({
            fallback: unseen,
            blocks: [
              heading("[FIRING:1] KafkaDown"),
              section("*Severity:* critical\n*instance:* `b1:9094`"),
            ],
          }),
        },
      ],
      shows: ["firing: KafkaDown critical b1:9094"],
    },
    {
      what: "labels in fields, and a picture before the state",
      steps: [
        {
          post: attached({
            color: "danger",
            blocks: [
              section(":fire: *FIRING* KafkaDown"),
              {
                type: "section",
                fields: [
                  { type: "mrkdwn", text: "*Severity:*\ncritical" },
                  { type: "mrkdwn", text: "*Instance:*\n`b1:9094`" },
                ],
              },
            ],
          }),
        },
      ],
      shows: ["firing: KafkaDown critical b1:9094"],
    },
    {
      what: "rich text, of which each style is a piece of its own",
      steps: [
        {
          post: {
            text: "",
            blocks: [
              rich(words("[FIRING:2] ", "ConsumerLag"), {
                type: "rich_text_list",
                style: "bullet",
                elements: [words("topic: ", "a")],
              }),
            ],
          },
        },
      ],
      shows: ["firing: ConsumerLag a"],
    },
    {
      what: "the same lines for each of two alerts",
      steps: [
        {
          post: {
            text: "",
            blocks: [
              heading("[FIRING:2] Monitoring"),
              section("Labels:\n • alertname: ConsumerLag\n • severity: warning\n • topic: a"),
              section("Labels:\n • alertname: ConsumerLag\n • severity: warning\n • topic: b"),
            ],
          },
        },
      ],
      shows: ["firing: ConsumerLag warning a, ConsumerLag warning b"],
    },
    {
      what: "a button that silences names the labels",
      steps: [
        {
          post: {
            text: "new alert",
            blocks: [
              section("*[FIRING:1]* lag"),
              {
                type: "actions",
                elements: [
                  {
                    type: "button",
                    text: { type: "plain_text", text: "Silence" },
                    url: "http://am:9093/#/silences/new?filter=%7Balertname%3D%22ConsumerLag%22%2Ctopic%3D%22a%22%7D",
                  },
                ],
              },
            ],
          },
        },
      ],
      shows: ["firing: ConsumerLag a"],
    },
  ]);
});
