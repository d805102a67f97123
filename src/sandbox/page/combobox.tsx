/** A menu one can type into: the choices filter, or come from the bot, while one types. */

import { type KeyboardEvent, useId, useRef, useState } from "react";
import {
  type ComboboxOption,
  type FindOptions,
  FoundChoices,
  useFound,
} from "./combobox-choices.tsx";
import { Floating } from "./floating.tsx";
import { Icon } from "./icons.tsx";
import { ARROW_STEPS } from "./move-focus.ts";

interface ComboboxProps {
  readonly id?: string;
  readonly label: string;
  readonly placeholder: string;
  readonly chosen: readonly ComboboxOption[];
  readonly isMultiple?: boolean;
  readonly isDisabled?: boolean;
  readonly isInvalid?: boolean;
  readonly find: FindOptions;
  readonly onChoose: (options: readonly ComboboxOption[]) => void;
}

/** The menu with what is `chosen`; `onChoose` gets the whole choice each time. */
export function Combobox(props: ComboboxProps) {
  const { chosen, isMultiple = false, isDisabled = false, onChoose } = props;
  const wrapper = useRef<HTMLDivElement>(null);
  const listId = useId();
  const menu = useMenu(props);
  const { typed, found, active, isOpen } = menu;

  return (
    <div ref={wrapper} className="combobox" data-open={isOpen} data-invalid={props.isInvalid}>
      {isMultiple && (
        <Chips chosen={chosen} onRemove={(option) => onChoose(toggled(chosen, option))} />
      )}
      <input
        id={props.id}
        type="text"
        role="combobox"
        autoComplete="off"
        aria-label={props.label}
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-invalid={props.isInvalid}
        aria-activedescendant={
          isOpen && found.options.length > 0 ? `${listId}-${active}` : undefined
        }
        placeholder={isMultiple && chosen.length > 0 ? "" : props.placeholder}
        value={typed ?? (isMultiple ? "" : (chosen[0]?.label ?? ""))}
        disabled={isDisabled}
        onClick={menu.open}
        onChange={({ target }) => menu.type(target.value)}
        onKeyDown={menu.onKeyDown}
      />
      <Icon name="chevron" size={14} />
      {isOpen && (
        <Floating anchor={wrapper} onClose={menu.close} className="combobox-list">
          <FoundChoices
            id={listId}
            label={props.label}
            found={found}
            active={active}
            chosen={chosen}
            onChoose={menu.choose}
          />
        </Floating>
      )}
    </div>
  );
}

/** What was typed, which choice is marked, and what each key does; closed while nothing is typed. */
function useMenu({ chosen, isMultiple = false, find, onChoose }: ComboboxProps) {
  const [typed, setTyped] = useState<string>();
  const [active, setActive] = useState(0);
  const found = useFound(find, typed);
  const isOpen = typed !== undefined;
  const type = (text: string) => {
    setActive(0);
    setTyped(text);
  };
  const open = () => type(typed ?? "");
  const close = () => setTyped(undefined);
  const choose = (option: ComboboxOption | undefined) => {
    if (option === undefined) return;
    onChoose(isMultiple ? toggled(chosen, option) : [option]);
    if (isMultiple) setTyped("");
    else close();
  };
  const onOpenKey = (event: KeyboardEvent) => {
    if (event.key === "Tab") return close();
    const step = ARROW_STEPS.get(event.key);
    if (step === undefined && event.key !== "Escape" && event.key !== "Enter") return undefined;
    event.preventDefault();
    if (step !== undefined) {
      return setActive(Math.max(0, Math.min(found.options.length - 1, active + step)));
    }
    if (event.key === "Enter") return choose(found.options[active]);
    // A form around it stays open.
    event.stopPropagation();
    return close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Backspace" && isMultiple && (typed ?? "") === "" && chosen.length > 0) {
      onChoose(chosen.slice(0, -1));
    } else if (isOpen) onOpenKey(event);
    else if (ARROW_STEPS.has(event.key) || event.key === "Enter") {
      event.preventDefault();
      open();
    }
  };
  return { typed, found, active, isOpen, type, open, close, choose, onKeyDown };
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
