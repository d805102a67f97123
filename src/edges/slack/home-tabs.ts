/** Puts up Home tabs; Slack's hash keeps an older state from replacing a newer one. */

import { WebAPIPlatformError, type WebClient } from "@slack/web-api";
import type { View } from "../../block-kit/view.ts";
import { homeTabOf } from "./view-payload.ts";

export interface HomeTabs {
  /** `hash` is that of the tab as the person sees it, if known. */
  publish(user: string, render: () => Promise<View>, hash?: string): Promise<void>;
}

/** Tabs whose last hash is remembered; of the others Slack is not asked to compare. */
const REMEMBERED = 200;

/**
 * One after the other for each person, so that what was rendered later is put up later; another
 * replica may still be faster, and then Slack says so by the hash and it is rendered anew.
 */
export function createHomeTabs(client: WebClient): HomeTabs {
  const hashes = new Map<string, string>();
  const under = new Map<string, Promise<void>>();

  const put = async (user: string, view: View, hash: string | undefined): Promise<void> => {
    const request = { user_id: user, view: homeTabOf(view) };
    const answer = await client.views.publish(hash === undefined ? request : { ...request, hash });
    hashes.delete(user);
    if (answer.view?.hash !== undefined) hashes.set(user, answer.view.hash);
    const [oldest] = hashes.keys();
    if (hashes.size > REMEMBERED && oldest !== undefined) hashes.delete(oldest);
  };
  const publish = async (user: string, render: () => Promise<View>): Promise<void> => {
    try {
      await put(user, await render(), hashes.get(user));
    } catch (error) {
      if (!isConflict(error)) throw error;
      hashes.delete(user);
      await put(user, await render(), undefined);
    }
  };
  return {
    publish(user, render, hash) {
      const before = under.get(user) ?? Promise.resolve();
      const next = before
        .catch(() => undefined)
        .then(() => {
          if (hash !== undefined && !hashes.has(user)) hashes.set(user, hash);
          return publish(user, render);
        });
      under.set(user, next);
      const forget = (): void => {
        if (under.get(user) === next) under.delete(user);
      };
      next.then(forget, forget);
      return next;
    },
  };
}

function isConflict(error: unknown): boolean {
  return error instanceof WebAPIPlatformError && error.data.error === "hash_conflict";
}
