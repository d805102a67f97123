/** What is wrong with the server and which alerts it raises, as it stands, and how both are changed. */

import { useEffect, useState } from "react";
import type { PageControls } from "../slack/page-protocol.ts";
import { usePage } from "./page-context.tsx";

const EMPTY: PageControls = { faults: [], alerts: [] };

/** `attempt` makes a change and announces it; what went wrong with the last one is `problem`. */
export function useControls() {
  const { api, announce } = usePage();
  const [controls, setControls] = useState<PageControls>(EMPTY);
  const [problem, setProblem] = useState("");

  useEffect(() => {
    const load = () => void api.controls().then(setControls, () => undefined);
    load();
    // Others may switch the same server: another tab, or a test.
    const timer = setInterval(load, 3_000);
    return () => clearInterval(timer);
  }, [api]);

  const attempt = async (change: () => Promise<Partial<PageControls>>, done: string) => {
    setProblem("");
    try {
      const changed = await change();
      setControls((before) => ({ ...before, ...changed }));
      announce(done);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return { ...controls, problem, attempt };
}
