/** What may be meant by what is typed so far, above the field. */

import { Avatar } from "./avatar.tsx";
import { usePage } from "./page-context.tsx";
import type { Suggestion } from "./suggestions.ts";
import { whoIs } from "./who.ts";

interface SuggestionListProps {
  readonly id: string;
  readonly suggestions: readonly Suggestion[];
  readonly chosen: Suggestion;
  readonly onTake: (suggestion: Suggestion) => void;
}

/** The suggestions as a list box; the chosen one is marked, a click takes one over. */
export function SuggestionList({ id, suggestions, chosen, onTake }: SuggestionListProps) {
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
