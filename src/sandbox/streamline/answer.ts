/** What the simulated server does with one HTTP request, before any socket is involved. */

export interface HttpRequest {
  readonly method: string;
  /** Path and query, as on the request line. */
  readonly url: string;
}

/** The addresses the server prints about itself, `IP:port`. */
export interface Addresses {
  readonly http: string;
  readonly kafka: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** After the body come this many bytes of further lines, made while they are sent. */
  readonly extraBytes: number;
}

/** `refused`: no listener. `hanging`: accepted, never answered. `raw`: bytes that are not HTTP. */
export type HttpOutcome =
  | { readonly kind: "answer"; readonly delayMs: number; readonly answer: HttpAnswer }
  | { readonly kind: "refused" }
  | { readonly kind: "hanging" }
  | { readonly kind: "raw"; readonly bytes: string };

/** On every answer of the real server (streamline-facts 1.1). */
export const SERVER_VERSION = "0.2.0";
export const VERSION_HEADERS = { "x-streamline-version": SERVER_VERSION, "x-api-version": "v1" };

/** An answer of JSON with the server's own headers. */
export function jsonAnswer(value: unknown, status = 200): HttpAnswer {
  return {
    status,
    headers: { ...VERSION_HEADERS, "content-type": "application/json" },
    body: JSON.stringify(value),
    extraBytes: 0,
  };
}

/** An answer of text; `extraBytes` more are sent behind it. */
export function textAnswer(body: string, extraBytes = 0): HttpAnswer {
  return {
    status: 200,
    headers: { ...VERSION_HEADERS, "content-type": "text/plain; charset=utf-8" },
    body,
    extraBytes,
  };
}

/** 404 and 405 carry no body (axum's defaults), but the version headers. */
export function emptyAnswer(status: number): HttpAnswer {
  return { status, headers: { ...VERSION_HEADERS }, body: "", extraBytes: 0 };
}
