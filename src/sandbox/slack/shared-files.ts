/**
 * A file that the bot shares, as a message with its beginning: the emulator keeps the file, and Slack
 * shows texts with a preview.
 */

import type { Conversations } from "./conversations.ts";
import { type Json, text } from "./json.ts";
import type { Workspace } from "./workspace.ts";

/** Characters of a text that are shown; Slack's own preview is shorter. */
const PREVIEW = 2_900;

interface SharedFilesOptions {
  readonly workspace: Workspace;
  readonly conversations: Conversations;
}

/** Shows what files.completeUploadExternal has shared, where it was shared. */
export async function showSharedFiles(
  { workspace, conversations }: SharedFilesOptions,
  request: Json,
  answer: Json,
): Promise<void> {
  const channel = text(request, "channel_id");
  const files = Array.isArray(answer["files"]) ? answer["files"] : [];
  if (channel === "") return;
  const thread = text(request, "thread_ts");
  const { token } = workspace.bot;
  for (const file of files) {
    const preview = await beginningOf(workspace, text(file, "url_private"), token);
    const title = `📎 ${text(file, "name")}`;
    const message = {
      channel,
      text: title,
      blocks: [
        { type: "section", text: { type: "plain_text", text: title } },
        {
          type: "rich_text",
          elements: [
            { type: "rich_text_preformatted", elements: [{ type: "text", text: preview }] },
          ],
        },
      ],
      ...(thread === "" ? {} : { thread_ts: thread }),
    };
    await conversations.post(message, token);
  }
}

async function beginningOf(workspace: Workspace, url: string, token: string): Promise<string> {
  if (!URL.canParse(url)) return "(no preview)";
  // The emulator writes the address that it believes to have.
  const { pathname } = new URL(url);
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(new URL(pathname, workspace.emulatorUrl), { headers });
  const content = answer.ok ? await answer.text() : "";
  return content === "" ? "(no preview)" : content.slice(0, PREVIEW);
}
