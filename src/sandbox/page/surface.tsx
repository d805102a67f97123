/**
 * A surface with interactive elements: one message, one modal or the Home tab. It keeps what the
 * person chose, sends what they do to the bot, and shows when the bot did not take it.
 */

import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import type { Choices, ElementChoice, ElementPlace, Suggested } from "../slack/page-protocol.ts";
import { usePage } from "./page-context.tsx";

export interface ElementSurface {
  readonly values: Choices;
  /** What the bot found wrong with a field, by block id; only in modals. */
  readonly errors: Readonly<Record<string, string>>;
  readonly isBusy: boolean;
  readonly failure: string;
  setErrors(errors: Readonly<Record<string, string>>): void;
  setFailure(failure: string): void;
  valueOf(blockId: string, actionId: string): ElementChoice | undefined;
  setValue(blockId: string, actionId: string, choice: ElementChoice): void;
  /** A click without `choice`, otherwise a choice; settles when the bot has answered or failed. */
  act(blockId: string, actionId: string, choice?: ElementChoice): Promise<void>;
  suggest(blockId: string, actionId: string, text: string): Promise<Suggested>;
}

const Context = createContext<ElementSurface | undefined>(undefined);

/** Throws outside of a surface. */
export function useSurface(): ElementSurface {
  const surface = useContext(Context);
  if (surface === undefined) throw new Error("An interactive element stands outside of a surface");
  return surface;
}

/** The surface for the elements at this place. */
export function useNewSurface(place: ElementPlace): ElementSurface {
  const { api } = usePage();
  const [values, setValues] = useState<Choices>({});
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState("");

  const setValue = useCallback((blockId: string, actionId: string, choice: ElementChoice) => {
    setValues((before) => withValue(before, { blockId, actionId, choice }));
    setErrors((before) => without(before, blockId));
  }, []);

  const key = JSON.stringify(place);
  return useMemo(() => {
    const at = JSON.parse(key) as ElementPlace;
    return {
      values,
      errors,
      isBusy,
      failure,
      setErrors,
      setFailure,
      setValue,
      valueOf: (blockId, actionId) => values[blockId]?.[actionId],
      async act(blockId, actionId, choice) {
        setBusy(true);
        setFailure("");
        const touched = { place: at, blockId, actionId };
        const known =
          choice === undefined ? values : withValue(values, { blockId, actionId, choice });
        try {
          const outcome =
            choice === undefined
              ? await api.click(touched, known)
              : await api.choose(touched, choice, known);
          if (outcome.kind === "failed") setFailure(`That did not work: ${outcome.reason}.`);
        } catch (error) {
          setFailure(error instanceof Error ? error.message : String(error));
        } finally {
          setBusy(false);
        }
      },
      suggest: (blockId, actionId, text) => api.suggest({ place: at, blockId, actionId }, text),
    } satisfies ElementSurface;
  }, [api, key, values, errors, isBusy, failure, setValue]);
}

interface ShownSurface {
  readonly surface: ElementSurface;
  readonly children: ReactNode;
}

/** Gives the surface to all elements below. */
export function SurfaceProvider({ surface, children }: ShownSurface) {
  return <Context.Provider value={surface}>{children}</Context.Provider>;
}

interface NamedValue {
  readonly blockId: string;
  readonly actionId: string;
  readonly choice: ElementChoice;
}

function withValue(values: Choices, { blockId, actionId, choice }: NamedValue): Choices {
  return { ...values, [blockId]: { ...values[blockId], [actionId]: choice } };
}

function without(errors: Readonly<Record<string, string>>, blockId: string) {
  return Object.fromEntries(Object.entries(errors).filter(([id]) => id !== blockId));
}
