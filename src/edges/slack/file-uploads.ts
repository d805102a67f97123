/** Files that the bot posts: an incident's timeline. */

import type { WebClient } from "@slack/web-api";
import type { FileUploads } from "../../features/history/timeline.ts";
import { redaction } from "../redaction.ts";
import { errorCode } from "./thread-reader.ts";

/** Needs the scope files:write; without it the caller shows the text instead. */
export function createFileUploads(client: WebClient): FileUploads {
  return {
    async upload({ channel, threadTs, filename, title, text }) {
      const file = { filename, title, content: redaction.text(text) };
      try {
        await client.filesUploadV2(
          threadTs === undefined
            ? { ...file, channel_id: channel }
            : { ...file, channel_id: channel, thread_ts: threadTs },
        );
        return undefined;
      } catch (error) {
        return errorCode(error);
      }
    },
  };
}
