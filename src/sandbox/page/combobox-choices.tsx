/** What a menu one can type into offers: found while one types, the newest answer first. */

import { useEffect, useRef, useState } from "react";

export interface ComboboxOption {
  readonly value: string;
  readonly label: string;
  readonly description?: string;
  readonly group?: string;
}

/** The choices for what was typed, or a sentence in their place. */
export type ComboboxResult = {
  readonly options: readonly ComboboxOption[];
  readonly note?: string;
};

/** The newest answer wins: what was asked for earlier and comes later is dropped. */
export type FindOptions = (typed: string) => ComboboxResult | Promise<ComboboxResult>;

/** The choices for what is typed; nothing is sought while `typed` is undefined. */
export function useFound(find: FindOptions, typed: string | undefined): ComboboxResult {
  const [found, setFound] = useState<ComboboxResult>({ options: [] });
  const latest = useRef(find);
  latest.current = find;
  useEffect(() => {
    if (typed === undefined) return;
    let isCurrent = true;
    const answer = latest.current(typed);
    if (answer instanceof Promise) {
      setFound((before) => ({ ...before, note: "Searching…" }));
      answer.then(
        (next) => isCurrent && setFound(next),
        (error: unknown) => isCurrent && setFound({ options: [], note: String(error) }),
      );
    } else setFound(answer);
    return () => {
      isCurrent = false;
    };
  }, [typed]);
  return found;
}

interface FoundChoicesProps {
  readonly id: string;
  readonly label: string;
  readonly found: ComboboxResult;
  readonly active: number;
  readonly chosen: readonly ComboboxOption[];
  readonly onChoose: (option: ComboboxOption) => void;
}

/** The list of choices, the active one in sight. */
export function FoundChoices({ id, label, found, active, chosen, onChoose }: FoundChoicesProps) {
  useEffect(() => {
    document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: "nearest" });
  }, [id, active]);
  const note = found.note ?? (found.options.length === 0 ? "No results" : undefined);
  return (
    <>
      <div id={id} role="listbox" aria-label={label}>
        {found.options.map((option, index) => {
          const before = found.options[index - 1]?.group;
          const heading = option.group !== before ? option.group : undefined;
          return (
            <div key={`${option.group ?? ""} ${option.value}`} role="presentation">
              {heading !== undefined && <div className="option-group">{heading}</div>}
              <button
                type="button"
                id={`${id}-${index}`}
                role="option"
                tabIndex={-1}
                className="option"
                data-active={index === active}
                aria-selected={chosen.some(({ value }) => value === option.value)}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => onChoose(option)}
              >
                <span>{option.label}</span>
                {option.description !== undefined && (
                  <span className="option-description">{option.description}</span>
                )}
              </button>
            </div>
          );
        })}
      </div>
      {note !== undefined && (
        <div className="option-note" role="status">
          {note}
        </div>
      )}
    </>
  );
}

/** Filters fixed choices by what was typed: every word must occur. */
export function filterOptions(options: readonly ComboboxOption[], typed: string): ComboboxResult {
  const words = typed.toLowerCase().split(/\s+/);
  return {
    options: options.filter(({ label, description = "" }) => {
      const text = `${label} ${description}`.toLowerCase();
      return words.every((word) => text.includes(word));
    }),
  };
}
