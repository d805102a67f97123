/**
 * The one door to Slack: whatever the bot sends there, by the Web API or to a response address, goes
 * through here and loses its secrets. The token that proves who we are is in a header and stays.
 */

import type { Redaction } from "../redaction.ts";

/** `fetch` whose bodies lose their secrets; headers are left as they are. */
export function redactingFetch(redaction: Redaction, send: typeof fetch = fetch): typeof fetch {
  return (url, init) => {
    if (init?.body == null) return send(url, init);
    return send(url, { ...init, body: redacted(init.body, redaction) });
  };
}

type Body = NonNullable<RequestInit["body"]>;

function redacted(body: Body, redaction: Redaction): Body {
  if (body instanceof URLSearchParams) return redactedForm(body, redaction);
  if (body instanceof FormData) {
    const form = new FormData();
    for (const [name, value] of body) {
      if (typeof value === "string") form.append(name, redaction.text(value));
      else form.append(name, value, value.name);
    }
    return form;
  }
  if (typeof body !== "string") return body;
  // JSON, or a form that is already written down.
  return /^\s*[[{"]/.test(body)
    ? redaction.text(body)
    : redactedForm(new URLSearchParams(body), redaction).toString();
}

function redactedForm(form: URLSearchParams, redaction: Redaction): URLSearchParams {
  const pairs = [...form].map(([name, value]): [string, string] => [name, redaction.text(value)]);
  return new URLSearchParams(pairs);
}
