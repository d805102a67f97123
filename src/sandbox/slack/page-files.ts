/** Serves the page: one document for every address of it, its script and its style. */

import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { PageBundle } from "./page-bundle.ts";

/** Nothing from elsewhere, nothing written inline: strangers' text cannot become a program. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The bundle may still be under construction: the first request waits for it. */
export function registerPageFiles(
  server: FastifyInstance,
  bundle: () => Promise<PageBundle>,
): void {
  const page = async (_request: unknown, reply: FastifyReply) =>
    secured(reply)
      .type("text/html; charset=utf-8")
      .send(documentFor(await bundle()));
  server.get("/", page);
  server.get("/archives/*", page);
  server.get("/page.js", async (_request, reply) =>
    kept(reply)
      .type("text/javascript; charset=utf-8")
      .send((await bundle()).script),
  );
  server.get("/page.css", async (_request, reply) =>
    kept(reply)
      .type("text/css; charset=utf-8")
      .send((await bundle()).style),
  );
}

function secured(reply: FastifyReply): FastifyReply {
  return reply.headers({
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-cache",
  });
}

/** The document asks for these by what is in them: another content has another address. */
function kept(reply: FastifyReply): FastifyReply {
  return secured(reply).header("cache-control", "max-age=31536000, immutable");
}

function documentFor({ script, style }: PageBundle): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Streamline sandbox</title>
<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(ICON)}">
<link rel="stylesheet" href="/page.css?${version(style)}">
<script type="module" src="/page.js?${version(script)}"></script>
</head>
<body><div id="page"></div><noscript>This page needs JavaScript.</noscript></body>
</html>
`;
}

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#4a154b"/><path d="M7 12q5-5 9 0t9 0M7 20q5-5 9 0t9 0" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round"/></svg>';

function version(content: string): string {
  return createHash("sha256").update(content).digest("hex").slice(0, 12);
}
