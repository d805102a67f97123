/** Who may send the webhook: a bearer token, or basic authentication, as Alertmanager offers. */

import { createHash, timingSafeEqual } from "node:crypto";
import type { Credentials } from "../../config/config.ts";

/**
 * Whether an Authorization header carries one of the configured secrets. Several are valid at once
 * while one takes the place of another: a sender that is refused in between would lose alerts.
 *
 * Compared as digests of equal length in constant time, every one of them, and user and password both
 * even when the user is wrong, so that timing tells nothing about how close a guess was.
 */
export function isAuthorized(
  header: string | undefined,
  accepted: readonly Credentials[],
): boolean {
  const [scheme, credentials] = splitHeader(header ?? "");
  return accepted.map((auth) => carries(scheme, credentials, auth)).includes(true);
}

function carries(scheme: string, credentials: string, auth: Credentials): boolean {
  if (auth.kind === "bearer") {
    return isSame(credentials, auth.token) && scheme === "bearer";
  }
  const decoded = Buffer.from(credentials, "base64").toString("utf8");
  const colon = decoded.indexOf(":");
  const isUser = isSame(decoded.slice(0, Math.max(0, colon)), auth.user);
  const isPassword = isSame(decoded.slice(colon + 1), auth.password);
  return scheme === "basic" && colon !== -1 && isUser && isPassword;
}

function splitHeader(header: string): [string, string] {
  const space = header.indexOf(" ");
  if (space === -1) return ["", ""];
  return [header.slice(0, space).toLowerCase(), header.slice(space + 1).trim()];
}

function isSame(given: string, secret: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}
