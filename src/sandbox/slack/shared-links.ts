/** Links in messages, of which the bot hears where they are of the app's domains (link_shared). */

import { type Json, text } from "./json.ts";

/** The addresses in a message's text, each once, as the person wrote them. */
export function linksIn(message: Json): string[] {
  const found = text(message, "text").matchAll(/<(https?:\/\/[^>|\s]+)(?:\|[^>]*)?>/g);
  const unescaped = [...found].map(([, url = ""]) =>
    url.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&"),
  );
  return [...new Set(unescaped)];
}

/** A registered domain stands for its subdomains, too (docs.slack.dev, "Unfurling links"). */
export function sharedLinks(message: Json, domains: readonly string[]): Json[] {
  return linksIn(message).flatMap((url) => {
    const host = URL.canParse(url) ? new URL(url).hostname : "";
    const domain = domains.find((each) => host === each || host.endsWith(`.${each}`));
    return domain === undefined ? [] : [{ domain, url }];
  });
}
