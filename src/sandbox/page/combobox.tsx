/** A menu one can type into: the choices filter, or come from the bot, while one types. */

import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { Floating } from "./floating.tsx";
import { Icon } from "./icons.tsx";

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

interface ComboboxProps {
  readonly id?: string;
  readonly label: string;
  readonly placeholder: string;
  readonly chosen: readonly ComboboxOption[];
  readonly isMultiple?: boolean;
  readonly isDisabled?: boolean;
  readonly isInvalid?: boolean;
  readonly find: (typed: string) => ComboboxResult | Promise<ComboboxResult>;
  readonly onChoose: (options: readonly ComboboxOption[]) => void;
}

export function Combobox(props: ComboboxProps) {
  const { chosen, isMultiple = false, isDisabled = false, onChoose } = props;
  const [typed, setTyped] = useState<string>();
  const [active, setActive] = useState(0);
  const wrapper = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const isOpen = typed !== undefined;
  const found = useFound(props.find, typed);
  const { options } = found;

  const close = () => setTyped(undefined);
  const open = () => {
    setActive(0);
    setTyped((before) => before ?? "");
  };
  const choose = (option: ComboboxOption | undefined) => {
    if (option === undefined) return;
    onChoose(isMultiple ? toggled(chosen, option) : [option]);
    if (isMultiple) setTyped("");
    else close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Backspace" && isMultiple && (typed ?? "") === "" && chosen.length > 0) {
      onChoose(chosen.slice(0, -1));
    } else if (!isOpen) {
      if (["ArrowDown", "ArrowUp", "Enter"].includes(event.key)) {
        event.preventDefault();
        open();
      }
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === "Tab") close();
    else if (event.key === "Enter") {
      event.preventDefault();
      choose(options[active]);
    } else {
      const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
      const step = steps[event.key];
      if (step === undefined) return;
      event.preventDefault();
      setActive(Math.max(0, Math.min(options.length - 1, active + step)));
    }
  };

  return (
    <div ref={wrapper} className="combobox" data-open={isOpen} data-invalid={props.isInvalid}>
      {isMultiple && (
        <Chips chosen={chosen} onRemove={(option) => onChoose(toggled(chosen, option))} />
      )}
      <input
        ref={input}
        id={props.id}
        type="text"
        role="combobox"
        autoComplete="off"
        aria-label={props.label}
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-invalid={props.isInvalid}
        aria-activedescendant={isOpen && options.length > 0 ? `${listId}-${active}` : undefined}
        placeholder={isMultiple && chosen.length > 0 ? "" : props.placeholder}
        value={typed ?? (isMultiple ? "" : (chosen[0]?.label ?? ""))}
        disabled={isDisabled}
        onClick={open}
        onChange={(event) => {
          setActive(0);
          setTyped(event.target.value);
        }}
        onKeyDown={onKeyDown}
      />
      <Icon name="chevron" size={14} />
      {isOpen && (
        <Floating anchor={wrapper} onClose={close} className="combobox-list">
          <Choices
            id={listId}
            label={props.label}
            found={found}
            active={active}
            chosen={chosen}
            onChoose={choose}
          />
        </Floating>
      )}
    </div>
  );
}

/** The newest answer wins: what was asked for earlier and comes later is dropped. */
function useFound(find: ComboboxProps["find"], typed: string | undefined): ComboboxResult {
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

interface ChoicesProps {
  readonly id: string;
  readonly label: string;
  readonly found: ComboboxResult;
  readonly active: number;
  readonly chosen: readonly ComboboxOption[];
  readonly onChoose: (option: ComboboxOption) => void;
}

function Choices({ id, label, found, active, chosen, onChoose }: ChoicesProps) {
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

interface ChipsProps {
  readonly chosen: readonly ComboboxOption[];
  readonly onRemove: (option: ComboboxOption) => void;
}

function Chips({ chosen, onRemove }: ChipsProps) {
  return chosen.map((option) => (
    <span key={option.value} className="chip">
      {option.label}
      <button
        type="button"
        className="chip-remove"
        aria-label={`Remove ${option.label}`}
        onClick={() => onRemove(option)}
      >
        <Icon name="close" size={12} />
      </button>
    </span>
  ));
}

function toggled(
  chosen: readonly ComboboxOption[],
  option: ComboboxOption,
): readonly ComboboxOption[] {
  const without = chosen.filter(({ value }) => value !== option.value);
  return without.length === chosen.length ? [...chosen, option] : without;
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
