/** The text that is being typed, with what it may mean: suggestions are chosen and taken over by keys. */

import { type KeyboardEvent, type RefObject, useState } from "react";
import { ARROW_STEPS } from "./move-focus.ts";
import { usePage } from "./page-context.tsx";
import { findSuggestions, type Suggestion } from "./suggestions.ts";

/** `send` settles with true when the text was taken. */
export function useDraft(
  field: RefObject<HTMLTextAreaElement | null>,
  { isThread, send }: { isThread: boolean; send: (text: string) => Promise<boolean> },
) {
  const { page } = usePage();
  const [text, setText] = useState("");
  const [caret, setCaret] = useState(0);
  const [active, setActive] = useState(0);
  const [isHushed, setHushed] = useState(false);

  const suggestions = isHushed ? [] : findSuggestions(page, { text, caret, isThread });
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
  const choose = (step: number) => {
    const count = suggestions.length;
    setActive((Math.min(active, count - 1) + step + count) % count);
  };
  /** What a key does while suggestions are open; false for one that only types. */
  const isOfSuggestions = (event: KeyboardEvent, suggestion: Suggestion): boolean => {
    const step = ARROW_STEPS.get(event.key);
    if (step !== undefined) choose(step);
    else if (event.key === "Escape") {
      event.stopPropagation();
      setHushed(true);
    } else if (event.key === "Tab" || isSending(event)) {
      if (isSending(event) && suggestion.text.trim() === text.trim()) void submit();
      else takeOver(suggestion);
    } else return false;
    return true;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (chosen !== undefined && isOfSuggestions(event, chosen)) event.preventDefault();
    else if (chosen === undefined && isSending(event)) {
      event.preventDefault();
      void submit();
    }
  };
  return { text, suggestions, chosen, write, setCaret, takeOver, submit, onKeyDown };
}

function isSending(event: KeyboardEvent): boolean {
  return event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing;
}
