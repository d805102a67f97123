/**
 * Where one types: messages, mentions, slash commands. Enter sends, Shift+Enter begins a new line;
 * while suggestions are open the arrow keys choose and Enter or Tab takes one over.
 */

import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from "react";
import { Avatar } from "./avatar.tsx";
import { Icon } from "./icons.tsx";
import { usePage } from "./page-context.tsx";
import { findSuggestions, type Suggestion } from "./suggestions.ts";
import { whoIs } from "./who.ts";

interface ComposerProps {
  readonly channel: string;
  /** What Slack writes into the empty field: "Message #incidents". */
  readonly placeholder: string;
  /** Set inside a thread, where Slack takes no commands. */
  readonly threadTs?: string;
}

export function Composer({ channel, placeholder, threadTs }: ComposerProps) {
  const { page } = usePage();
  const [text, setText] = useState("");
  const [caret, setCaret] = useState(0);
  const [active, setActive] = useState(0);
  const [isHushed, setHushed] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const { failure, send } = useSending(channel, threadTs);
  useGrowing(field, text);

  const all = findSuggestions(page, { text, caret, isThread: threadTs !== undefined });
  const suggestions = isHushed ? [] : all;
  const chosen = suggestions[Math.min(active, suggestions.length - 1)];

  const write = (next: string, at: number) => {
    setText(next);
    setCaret(at);
    setActive(0);
    setHushed(false);
  };
  const takeOver = (suggestion: Suggestion) => {
    const at = suggestion.text.length;
    write(suggestion.text + text.slice(caret), at);
    setHushed(suggestion.isComplete);
    requestAnimationFrame(() => field.current?.setSelectionRange(at, at));
    field.current?.focus();
  };
  const submit = async () => {
    if (text.trim() === "") return;
    // Empty at once: the next message may be typed while this one is on its way, and must stay.
    write("", 0);
    if (await send(text)) return;
    setText((meanwhile) => (meanwhile === "" ? text : meanwhile));
    setCaret(text.length);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    const isEnter = event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing;
    if (chosen !== undefined && step !== undefined) {
      event.preventDefault();
      const count = suggestions.length;
      setActive((Math.min(active, count - 1) + step + count) % count);
    } else if (chosen !== undefined && event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      setHushed(true);
    } else if (chosen !== undefined && (event.key === "Tab" || isEnter)) {
      event.preventDefault();
      if (isEnter && chosen.text.trim() === text.trim()) void submit();
      else takeOver(chosen);
    } else if (isEnter) {
      event.preventDefault();
      void submit();
    }
  };

  return (
    <div className="composer">
      {chosen !== undefined && (
        <SuggestionList id={listId} suggestions={suggestions} chosen={chosen} onTake={takeOver} />
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
          onChange={({ target }) => write(target.value, target.selectionStart)}
          onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
        />
        <button
          type="button"
          className="send"
          aria-label="Send"
          title="Send"
          disabled={text.trim() === ""}
          onClick={() => void submit()}
        >
          <Icon name="send" />
        </button>
      </div>
      <p className="composer-foot" role={failure === "" ? undefined : "alert"}>
        {failure || (
          <>
            <kbd>Enter</kbd> sends <kbd>Shift</kbd>+<kbd>Enter</kbd> new line{" "}
            {threadTs === undefined && (
              <>
                <kbd>/</kbd> commands{" "}
              </>
            )}
            <kbd>@</kbd> mentions
          </>
        )}
      </p>
    </div>
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

interface SuggestionListProps {
  readonly id: string;
  readonly suggestions: readonly Suggestion[];
  readonly chosen: Suggestion;
  readonly onTake: (suggestion: Suggestion) => void;
}

function SuggestionList({ id, suggestions, chosen, onTake }: SuggestionListProps) {
  const { page } = usePage();
  return (
    <div id={id} role="listbox" aria-label="Suggestions" className="suggestions">
      {suggestions.map((suggestion) => (
        <button
          key={suggestion.id}
          id={`${id}-${suggestion.id}`}
          type="button"
          role="option"
          aria-selected={suggestion === chosen}
          tabIndex={-1}
          className="suggestion"
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(suggestion)}
        >
          {suggestion.userId !== undefined && (
            <Avatar who={whoIs(page, suggestion.userId)} size={22} />
          )}
          <strong>{suggestion.label}</strong>
          <span className="suggestion-hint">{suggestion.hint}</span>
          <span className="suggestion-about">{suggestion.about}</span>
        </button>
      ))}
    </div>
  );
}
