/** Posts as Alertmanager's Slack receiver sends them, for the local Slack. */

export function slackPost(
  subject: string,
  text = "",
): { readonly attachments: readonly Record<string, unknown>[] } {
  const link = "http://am.example:9093/#/alerts?receiver=slack";
  const attachment = {
    title: subject,
    title_link: link,
    text,
    fallback: `${subject} | ${link}`,
    color: subject.includes("FIRING") ? "danger" : "good",
    mrkdwn_in: ["fallback", "pretext", "text"],
  };
  return { attachments: [attachment] };
}
