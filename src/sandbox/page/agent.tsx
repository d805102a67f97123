/** What the bot shows of its work, and what it offers to begin with. */

import { keyed } from "./keyed.ts";
import { usePage } from "./page-context.tsx";
import { str } from "./shown-message.ts";
import type { ShownPrompts } from "./workspace-state.ts";

/** The line "Bot is doing something" below a thread; nothing without a status. */
export function Working({ status }: { readonly status: string | undefined }) {
  const { page } = usePage();
  if (status === undefined || status === "") return null;
  return (
    <p className="working" role="status">
      {page.apps[0]?.realName} {status}
    </p>
  );
}

interface PromptListProps {
  readonly channel: string;
  readonly prompts: ShownPrompts | undefined;
}

/** The suggested prompts as buttons that send their text to the channel; nothing without prompts. */
export function PromptList({ channel, prompts }: PromptListProps) {
  const { api, announce } = usePage();
  if (prompts === undefined || prompts.prompts.length === 0) return null;
  const ask = (text: string) => {
    api.send({ channel, text }).catch((error: unknown) => announce(String(error)));
  };
  return (
    <section className="prompts" aria-label={prompts.title || "Suggestions"}>
      {prompts.title !== "" && <p className="quiet">{prompts.title}</p>}
      {keyed(prompts.prompts, ({ title }) => str(title)).map(({ key, item }) => (
        <button
          key={key}
          type="button"
          className="button"
          onClick={() => ask(str(item["message"]))}
        >
          {str(item["title"])}
        </button>
      ))}
    </section>
  );
}
