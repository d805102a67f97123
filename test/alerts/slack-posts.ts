/** Posts as the templates in use write them, in the words that are left of them. */

import type { PostAttachment, SlackPost } from "../../src/alerts/slack-post.ts";

export function attachment(parts: Partial<PostAttachment>): PostAttachment {
  return {
    title: "",
    titleLink: "",
    pretext: "",
    text: "",
    fallback: "",
    color: "",
    fields: [],
    links: [],
    ...parts,
  };
}

export function postOf(parts: Partial<PostAttachment>, text = ""): SlackPost {
  return { text, attachments: [attachment(parts)] };
}

const LINK = "http://am:9093/#/alerts?receiver=slack";

/** Alertmanager's own template: `subject` is all there is. */
export function byDefault(subject: string): SlackPost {
  return postOf({
    title: subject,
    titleLink: LINK,
    fallback: `${subject} | ${LINK}`,
    color: subject.includes("FIRING") ? "danger" : "good",
  });
}

/** As in kube-prometheus' examples and many blogs; the title tells nothing. */
export const KUBE_PROMETHEUS = postOf({
  title: "[FIRING:2] Monitoring Event Notification",
  titleLink: "http://am:9093/#/alerts?receiver=k",
  fallback: "[FIRING:2] 1 (DiskFull streamline critical) | http://am:9093/#/alerts?receiver=k",
  color: "danger",
  text: [
    "",
    "  *Alert:* disk - `critical`",
    "  *Description:* the disk: full",
    "  *Graph:* :chart_with_upwards_trend: *Runbook:* :spiral_note_pad:",
    "  *Details:*",
    "   • *alertname:* `DiskFull`",
    "   • *job:* `streamline`",
    "   • *path:* `/var/lib`",
    "   • *severity:* `critical`",
    "  ",
    "",
    "  *Alert:* disk - `critical`",
    "  *Description:* the disk: full",
    "  *Details:*",
    "   • *alertname:* `DiskFull`",
    "   • *job:* `streamline`",
    "   • *path:* `/var/lib2`",
    "   • *severity:* `critical`",
  ].join("\n"),
});

/** Monzo's template: prose, and buttons of which one silences. */
export const MONZO = postOf({
  title: "[FIRING:1] ConsumerLag",
  titleLink: LINK,
  fallback: `[FIRING:1] ConsumerLag (streamline orders) | ${LINK}`,
  color: "warning",
  text: "Consumer group billing is behind: 12,000 messages",
  links: [
    "https://runbooks.example/lag",
    'http://am:9093/#/silences/new?filter=%7Bgroup%3D"billing"%2C%20topic%3D"orders"%2C%20alertname%3D"ConsumerLag"%7D',
  ],
});

/** Grafana's own contact point. */
export const GRAFANA = postOf({
  title: "[FIRING:1, RESOLVED:1] Streamline (HighProduceLatency)",
  titleLink: "http://grafana:3000/alerting/list",
  fallback: "[FIRING:1, RESOLVED:1] Streamline (HighProduceLatency)",
  color: "#D63232",
  text: [
    "**Firing**",
    "",
    "Value: A=0.9, C=1",
    "Labels:",
    " - alertname = HighProduceLatency",
    " - grafana_folder = Streamline",
    " - topic = orders",
    "Annotations:",
    " - summary = produce is slow",
    "Source: http://grafana:3000/alerting/grafana/x/view",
    "Silence: http://grafana:3000/alerting/silence/new?matcher=alertname",
    "",
    "**Resolved**",
    "",
    "Value: A=0.1, C=0",
    "Labels:",
    " - alertname = HighProduceLatency",
    " - topic = payments",
  ].join("\n"),
});
