/**
 * Where one types: messages, mentions, slash commands. Enter sends, Shift+Enter begins a new line;
 * while suggestions are open the arrow keys choose and Enter or Tab takes one over.
 */

import { useId, useLayoutEffect, useRef, useState } from "react";
import { Icon } from "./icons.tsx";
import { usePage } from "./page-context.tsx";
import { SuggestionList } from "./suggestion-list.tsx";
import { useDraft } from "./use-draft.ts";

interface ComposerProps {
  readonly channel: string;
  /** What Slack writes into the empty field: "Message #incidents". */
  readonly placeholder: string;
  /** Set inside a thread, where Slack takes no commands. */
  readonly threadTs?: string;
}

/**
 * The field of a channel, or of a thread where `threadTs` says so. What was refused stays in it, with the
 * reason below.
 */
export function Composer({ channel, placeholder, threadTs }: ComposerProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const { failure, send } = useSending(channel, threadTs);
  const draft = useDraft(field, { isThread: threadTs !== undefined, send });
  const { text, suggestions, chosen } = draft;
  useGrowing(field, text);

  return (
    <div className="composer">
      {chosen !== undefined && (
        <SuggestionList
          id={listId}
          suggestions={suggestions}
          chosen={chosen}
          onTake={draft.takeOver}
        />
      )}
      <div className="composer-box">
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          aria-label={placeholder}
          placeholder={placeholder}
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={chosen !== undefined}
          aria-controls={listId}
          aria-activedescendant={chosen === undefined ? undefined : `${listId}-${chosen.id}`}
          value={text}
          onChange={({ target }) => draft.write(target.value, target.selectionStart)}
          onSelect={({ currentTarget }) => draft.setCaret(currentTarget.selectionStart)}
          onKeyDown={draft.onKeyDown}
        />
        <button
          type="button"
          className="send"
          aria-label="Send"
          title="Send"
          disabled={text.trim() === ""}
          onClick={() => void draft.submit()}
        >
          <Icon name="send" />
        </button>
      </div>
      <Foot failure={failure} takesCommands={threadTs === undefined} />
    </div>
  );
}

/** What went wrong, or which keys do what. */
function Foot({ failure, takesCommands }: { failure: string; takesCommands: boolean }) {
  if (failure !== "") {
    return (
      <p className="composer-foot" role="alert">
        {failure}
      </p>
    );
  }
  return (
    <p className="composer-foot">
      <kbd>Enter</kbd> sends <kbd>Shift</kbd>+<kbd>Enter</kbd> new line{" "}
      {takesCommands && (
        <>
          <kbd>/</kbd> commands{" "}
        </>
      )}
      <kbd>@</kbd> mentions
    </p>
  );
}

/** Sends what was typed; settles with true when it was taken. */
function useSending(channel: string, threadTs: string | undefined) {
  const { api, page } = usePage();
  const [failure, setFailure] = useState("");
  const send = async (text: string): Promise<boolean> => {
    const word = /^\/\S+/.exec(text)?.[0];
    const isCommand = page.commands.some(({ command }) => command === word);
    if (word !== undefined && isCommand && threadTs !== undefined) {
      setFailure(`${word} is not supported in threads. Mention @streamline instead.`);
      return false;
    }
    if (word !== undefined && !isCommand) {
      setFailure(`${word} is not a valid command.`);
      return false;
    }
    setFailure("");
    const thread = threadTs === undefined ? {} : { threadTs };
    const sent = isCommand ? api.command(channel, text) : api.send({ channel, text, ...thread });
    // A command's field empties at once: its answer may take its time.
    if (isCommand) {
      sent.catch((error: unknown) => setFailure(String(error)));
      return true;
    }
    try {
      await sent;
      return true;
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
      return false;
    }
  };
  return { failure, send };
}

/** The field grows with its text, up to a third of the window. */
function useGrowing(field: React.RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    if (field.current === null) return;
    field.current.style.height = "auto";
    const height = text === "" ? 0 : field.current.scrollHeight;
    field.current.style.height = height === 0 ? "" : `${Math.min(height, innerHeight / 3)}px`;
  }, [field, text]);
}
