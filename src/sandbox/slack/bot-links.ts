/** How the bot is reached: by signed HTTP once it has an address, by Socket Mode until then. */

import type { Server } from "node:http";
import { ACK_WITHIN_MS, type BotLink } from "./bot-link.ts";
import type { Feed } from "./feed.ts";
import { createHttpLink } from "./http-link.ts";
import { createSocketLink, type SocketLink } from "./socket-link.ts";

interface BotLinks {
  readonly link: BotLink;
  readonly socket: SocketLink;
  readonly isConnected: () => boolean;
  /** From now on by HTTP. */
  readonly connect: (requestUrl: string) => void;
}

export interface BotLinkOptions {
  /** Where the bot takes signed requests; without it the bot connects by Socket Mode. */
  readonly botRequestUrl?: string;
  readonly signingSecret: string;
  /** Milliseconds within which the bot must acknowledge; default Slack's 3,000. */
  readonly ackWithinMs?: number;
}

/**
 * The way to the bot: Socket Mode until it has an address, `botRequestUrl` or the one given to `connect`.
 * `feed` learns whether it is there.
 */
export function createBotLinks(
  { botRequestUrl, signingSecret, ackWithinMs = ACK_WITHIN_MS }: BotLinkOptions,
  { server, appId, feed }: { server: Server; appId: string; feed: Feed },
): BotLinks {
  let url = botRequestUrl;
  const http = createHttpLink({ url: () => url, signingSecret, ackWithinMs });
  const socket = createSocketLink({
    server,
    appId,
    ackWithinMs,
    onConnections: (open) => feed.publish({ type: "bot", connected: open > 0 }),
  });
  return {
    link: { send: (request, retry) => (url === undefined ? socket : http).send(request, retry) },
    socket,
    isConnected: () => url !== undefined || socket.connections() > 0,
    connect(requestUrl) {
      url = requestUrl;
      feed.publish({ type: "bot", connected: true });
    },
  };
}
