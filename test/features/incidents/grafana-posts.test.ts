/** Posts of Grafana's Slack contact point in watched channels, with their pictures and edits. */

import { describe } from "node:test";
import type { Json } from "../../support/case-bodies.ts";
import { attached, check, GREEN, MINUTE, picture, RED } from "./post-rows.ts";

/** Grafana's contact point; what fires, then what is over. */
function byGrafana(
  title: string,
  firing: readonly (readonly string[])[],
  resolved: readonly (readonly string[])[] = [],
): Json {
  const list = (alerts: readonly (readonly string[])[]): string =>
    alerts
      .map(
        (labels) =>
          `\nValue: A=3, C=1\nLabels:\n${labels.map((each) => ` - ${each}\n`).join("")}Annotations:\n - summary = it is late\nSource: http://grafana/alerting/grafana/x/view?orgId=1\nSilence: http://grafana/alerting/silence/new?matcher=alertname%3DX\n`,
      )
      .join("");
  const parts = [
    firing.length === 0 ? "" : `**Firing**\n${list(firing)}`,
    resolved.length === 0 ? "" : `**Resolved**\n${list(resolved)}`,
  ];
  return attached({
    title,
    title_link: "http://grafana:3000/alerting/list",
    text: parts.filter((each) => each !== "").join("\n\n"),
    fallback: title,
    color: firing.length > 0 ? RED : GREEN,
    footer: "Grafana v13.0.1",
  });
}

describe("Grafana's contact point", () => {
  const lag = (topic: string): string[] => ["alertname = ConsumerLag", `topic = ${topic}`];
  check([
    {
      what: "what fires and what is over in one post",
      steps: [{ post: byGrafana("[FIRING:1, RESOLVED:1] Lag ", [lag("a")], [lag("b")]) }],
      shows: ["firing: ConsumerLag a"],
      runbooks: ["ConsumerLag"],
    },
    {
      what: "a title in words of the team's own",
      steps: [
        { post: byGrafana("2 firing, 0 resolved", [lag("a"), lag("b")]) },
        MINUTE,
        { post: byGrafana("0 firing, 2 resolved", [], [lag("a"), lag("b")]) },
      ],
      shows: ["resolved"],
    },
    {
      what: "pictures below it say nothing new",
      steps: [
        { post: byGrafana("[FIRING:2] ConsumerLag Streamline ", [lag("a"), lag("b")]) },
        { reply: picture("Firing", "grafana_folder=Streamline, topic=a") },
        { reply: picture("Firing", "grafana_folder=Streamline, topic=b") },
        { reply: { text: "There are more images than can be shown here." } },
      ],
      shows: ["firing: ConsumerLag a, ConsumerLag b"],
    },
    {
      what: "the picture of one that is over ends no other",
      steps: [
        { post: byGrafana("[FIRING:1, RESOLVED:1] ConsumerLag ", [lag("a")], [lag("b")]) },
        { reply: picture("Resolved", "topic=b") },
      ],
      shows: ["firing: ConsumerLag a"],
    },
    {
      what: "a rule without data has the runbook of that rule",
      steps: [
        {
          post: byGrafana("[FIRING:1] DatasourceNoData Streamline (A ds1 ConsumerLag)", [
            ["alertname = DatasourceNoData", "datasource_uid = ds1", "rulename = ConsumerLag"],
          ]),
        },
      ],
      shows: ["firing: DatasourceNoData"],
      runbooks: ["ConsumerLag"],
    },
    {
      what: "so has one whose query fails",
      steps: [
        {
          post: byGrafana("[FIRING:1] DatasourceError Streamline (KafkaDown)", [
            ["alertname = DatasourceError", "rulename = KafkaDown", "ref_id = A"],
          ]),
        },
      ],
      shows: ["firing: DatasourceError"],
      runbooks: ["KafkaDown"],
    },
    {
      what: "people who are called in its pretext change nothing",
      steps: [
        {
          post: attached({
            pretext: "<!channel|channel> <!subteam^S1> <@U1>",
            title: "[FIRING:1] KafkaDown Streamline ",
            text: "**Firing**\n\nValue: [no value]\nLabels:\n - alertname = KafkaDown\nAnnotations:\n",
            fallback: "[FIRING:1] KafkaDown Streamline ",
            color: RED,
          }),
        },
      ],
      shows: ["firing: KafkaDown"],
    },
  ]);
});
