/** One MCP server for one connection or request: the tools, and the pages as resources. */

import {
  McpServer,
  type McpServerFactory,
  ResourceNotFoundError,
  ResourceTemplate,
} from "@modelcontextprotocol/server";
import { fit } from "../../block-kit/fit.ts";
import { slackbotBlocks } from "../../block-kit/slackbot-blocks.ts";
import { line } from "../../block-kit/text.ts";
import type { Library } from "../../knowledge/library.ts";
import { ownVersion } from "../cli/own-version.ts";
import { redaction } from "../redaction.ts";
import type { McpSession } from "./mcp-session.ts";
import type { McpTool, ToolAnswer } from "./mcp-tool.ts";
import { toolOfButton } from "./tool-buttons.ts";
import { MCP_TOOLS } from "./tool-table.ts";

const INSTRUCTIONS =
  "Runbooks and live diagnosis of Streamline, a Kafka-compatible streaming server. Start with why_slow or health for a server that misbehaves, with search_runbooks for an alert or a log line. Every answer says what could not be checked: treat that as unknown, not as healthy. Nothing here changes anything.";

/** Makes servers over one session; the SDK asks for one per connection or request. */
export function mcpServers(session: McpSession): McpServerFactory {
  return () => {
    const server = new McpServer(
      { name: "streamline-incident-bot", title: "Streamline incident bot", version: ownVersion() },
      { instructions: INSTRUCTIONS },
    );
    for (const tool of MCP_TOOLS) registerTool(server, tool, session);
    // Slackbot reads tools alone, and a page has no question by which rights could be asked.
    if (session.isSlackbot !== true) registerPages(server, session);
    return server;
  };
}

function registerTool(server: McpServer, tool: McpTool, session: McpSession): void {
  server.registerTool(
    tool.name,
    {
      title: tool.title,
      description: tool.description,
      inputSchema: tool.input,
      outputSchema: tool.output,
      annotations: {
        title: tool.title,
        readOnlyHint: true,
        destructiveHint: false,
        idempotentHint: tool.isIdempotent,
        openWorldHint: tool.isOpenWorld,
      },
      ...(session.isSlackbot === true ? { _meta: { slack: { supportsBlockKit: true } } } : {}),
    },
    async (input, context) => {
      const answer = redacted(await answerOf(session, tool, input, context.mcpReq._meta));
      const content = [{ type: "text" as const, text: answer.text }];
      if (answer.output === undefined) return { content, isError: true };
      const blocks = session.isSlackbot === true ? blocksFor(answer) : [];
      return {
        content,
        structuredContent: answer.output,
        ...(blocks.length > 0 ? { _meta: { slack: { blocks } } } : {}),
      };
    },
  );
}

/** What the tool says to whoever asks, or why they are told nothing. */
async function answerOf(
  session: McpSession,
  tool: McpTool,
  input: Readonly<Record<string, unknown>>,
  meta: Readonly<Record<string, unknown>> | undefined,
): Promise<ToolAnswer> {
  const person = session.personOf(meta);
  if (typeof person === "string") return { text: person };
  const refused = await session.refusal(person);
  return refused === undefined ? tool.run({ ...session, person }, input) : { text: refused };
}

/** Slackbot shows them beside the words. */
function blocksFor({ text, blocks = [] }: ToolAnswer): readonly object[] {
  return slackbotBlocks(fit({ text, blocks }).blocks, toolOfButton);
}

/** What a server says may repeat a secret that somebody put into a name. */
function redacted(answer: ToolAnswer): ToolAnswer {
  return JSON.parse(redaction.text(JSON.stringify(answer))) as ToolAnswer;
}

const SCHEME = "runbook:///";

function registerPages(server: McpServer, session: McpSession): void {
  server.registerResource(
    "pages",
    new ResourceTemplate(`${SCHEME}{+page}`, {
      list: async () => ({
        resources: session.library().pages.map(({ file, title, kind }) => ({
          uri: `${SCHEME}${encodeURI(file)}`,
          name: shownName(file),
          title: shownName(title),
          description: kind === "runbook" ? "The runbook of an alert" : "An operator guide",
          mimeType: "text/markdown",
        })),
      }),
    }),
    {
      title: "Guides and runbooks",
      description: "The pages that the answers come from, whole",
      mimeType: "text/markdown",
    },
    async (uri) => {
      const file = fileIn(uri.href);
      // Somebody may have written a secret of ours into a page.
      const text = redaction.text(pageText(session.library(), file));
      return { contents: [{ uri: uri.href, mimeType: "text/markdown", text }] };
    },
  );
}

/** Whoever wrote the page chose it: one line, without secrets and what nobody sees. */
function shownName(name: string): string {
  return line(redaction.text(name), 300);
}

/** The page's file that an address of ours names. */
function fileIn(href: string): string {
  try {
    return decodeURI(href.slice(SCHEME.length));
  } catch {
    // Not encoded as an address is: no page has it.
    return href;
  }
}

/** The page as it was read: front matter left out. Throws when there is none. */
function pageText(library: Library, file: string): string {
  const page = library.pages.find((each) => each.file === file);
  if (page === undefined) {
    throw new ResourceNotFoundError(`${SCHEME}${file}`, `There is no page ${shownName(file)}.`);
  }
  const sections = page.sections.map(({ level, title, markdown }) =>
    level === 0 ? markdown : `${"#".repeat(level)} ${title}\n\n${markdown}`,
  );
  return sections.join("\n\n");
}
