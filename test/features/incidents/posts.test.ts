/**
 * Other apps' posts in watched channels, in the forms in which Alertmanager (notify/slack, templates
 * of 0.25 to 0.35), Grafana (its Slack contact point) and templates built on them write them, with their
 * edits and the replies in their own threads.
 */

import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import type { Json } from "../../support/case-bodies.ts";
import { type CaseWorld, createCaseWorld } from "../../support/case-world.ts";

const LINK = "http://am:9093/#/alerts?receiver=slack";

type Step =
  | { readonly post: Json }
  | { readonly reply: Json }
  | { readonly edit: Json }
  | { readonly wait: number };

function attached(...attachments: readonly Json[]): Json {
  return { attachments: attachments.map((each) => ({ mrkdwn_in: ["text"], ...each })) };
}

/** Alertmanager's own template. */
function byDefault(title: string): Json {
  const color = title.includes("FIRING") ? "danger" : "good";
  return attached({ title, title_link: LINK, text: "", fallback: `${title} | ${LINK}`, color });
}

const RED = "#D63232";
const GREEN = "#36a64f";

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

/** What Grafana adds below its post for each picture. */
function picture(status: "Firing" | "Resolved", labels: string): Json {
  return attached({
    title: `*${status}*: ConsumerLag`,
    text: `*Labels*: ${labels}`,
    fallback: `*Labels*: ${labels}`,
    color: status === "Firing" ? RED : GREEN,
    image_url: "https://grafana/x.png",
    footer: "Grafana v13.0.1",
  });
}

const section = (text: string): Json => ({ type: "section", text: { type: "mrkdwn", text } });
const heading = (text: string): Json => ({ type: "header", text: { type: "plain_text", text } });
const rich = (...elements: readonly Json[]): Json => ({ type: "rich_text", elements });
const words = (...texts: readonly string[]): Json => ({
  type: "rich_text_section",
  elements: texts.map((text) => ({ type: "text", text })),
});

async function play(t: TestContext, steps: readonly Step[]): Promise<CaseWorld> {
  const world = await createCaseWorld(t);
  for (const step of steps) {
    if ("wait" in step) await world.wait(step.wait);
    else if ("post" in step) await world.play({ post: { body: step.post } });
    else if ("edit" in step) await world.play({ edit: { body: step.edit } });
    else await world.play({ postInThread: { body: step.reply } });
  }
  await world.wait(60);
  return world;
}

/** "firing ConsumerLag a, ConsumerLag b": what of each incident fires, by name and topic or instance. */
async function shown(world: CaseWorld): Promise<string[]> {
  return (await world.incidents()).map(({ status, alerts }) => {
    const firing = alerts.filter((alert) => alert.status === "firing");
    const names = firing.map(({ labels }) =>
      [labels["alertname"], labels["severity"], labels["topic"] ?? labels["instance"]]
        .filter((each) => each !== undefined)
        .join(" "),
    );
    return [status, names.join(", ")].filter((each) => each !== "").join(": ");
  });
}

function runbooksOf({ rendered }: CaseWorld): string[] {
  return rendered.flatMap(({ notice }) => (notice.kind === "runbook" ? [notice.alert] : []));
}

interface Row {
  readonly what: string;
  readonly steps: readonly Step[];
  readonly shows: readonly string[];
  readonly runbooks?: readonly string[];
}

function check(rows: readonly Row[]): void {
  for (const { what, steps, shows, runbooks } of rows) {
    test(what, async (t) => {
      const world = await play(t, steps);
      assert.deepEqual(await shown(world), shows);
      if (runbooks !== undefined) assert.deepEqual(runbooksOf(world), runbooks);
    });
  }
}

const MINUTE = { wait: 60 };
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
