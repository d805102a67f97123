/** What answers on the HTTP port when it is not Streamline, or Streamline gone mad. */
import type { HttpAnswer, HttpRequest } from "./answer.ts";

/** Bytes that no HTTP client can take for an answer. */
export const NOT_HTTP = "\u0000\u0016SMTP? 220 mail.example ESMTP\r\n\u0001\u0002\u0003";

/** 200 on every path, with bytes that are neither JSON nor an exposition. */
export function garbage({ url }: HttpRequest): HttpAnswer {
  const noise = Array.from({ length: 400 }, (_, index) =>
    String.fromCharCode(32 + ((index * 37 + url.length * 11) % 95)),
  ).join("");
  return {
    status: 200,
    headers: { "content-type": "application/octet-stream" },
    body: `{"status": \u0000\u0007${noise}\n# TYPE }{ "= 12 NaN\n`,
    extraBytes: 0,
  };
}

/** A web server that knows one page. */
export function foreignPage({ url }: HttpRequest): HttpAnswer {
  const known = url === "/";
  const text = known ? "It works. Nothing to see here." : "Page not found";
  return {
    status: known ? 200 : 404,
    headers: { server: "webd/1.4", "content-type": "text/html; charset=utf-8" },
    body: `<!doctype html><html><head><title>webd</title></head><body><p>${text}</p></body></html>`,
    extraBytes: 0,
  };
}

/** Another program with metrics of its own, and a /health that looks well. */
export function foreignMetrics({ url }: HttpRequest, nowMs: number): HttpAnswer {
  const headers = { server: "cached/3.1" };
  if (url === "/health") {
    const type = { "content-type": "application/json" };
    return { status: 200, headers: { ...headers, ...type }, body: '{"ok":true}', extraBytes: 0 };
  }
  const isMetrics = url === "/metrics";
  const body = [
    "# TYPE cached_hits_total counter",
    `cached_hits_total ${Math.floor(nowMs / 1000)}`,
    "# TYPE cached_items gauge",
    "cached_items 1024",
    "",
  ].join("\n");
  return {
    status: isMetrics ? 200 : 404,
    headers: { ...headers, "content-type": "text/plain; version=0.0.4" },
    body: isMetrics ? body : "not found\n",
    extraBytes: 0,
  };
}
