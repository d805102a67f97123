/** What every part of the page needs: who is using it, what there is, and how it looks. */

import { createContext, useContext } from "react";
import type { PageState } from "../slack/page-protocol.ts";
import type { Api } from "./api.ts";
import type { Theme } from "./theme.ts";

export interface PageContextValue {
  readonly api: Api;
  readonly page: PageState;
  readonly theme: Theme;
  /** Says something aloud through the page's live region. */
  readonly announce: (words: string) => void;
  readonly openChannel: (id: string) => void;
}

const Context = createContext<PageContextValue | undefined>(undefined);

export const PageProvider = Context.Provider;

/** Throws outside of the page. */
export function usePage(): PageContextValue {
  const value = useContext(Context);
  if (value === undefined) throw new Error("This part of the page stands outside of PageProvider");
  return value;
}
