/** Dark or light: as the system says, unless the person chose. */

import { useEffect, useState } from "react";

export type Theme = "light" | "dark";

const KEY = "sandbox-theme";
const DARK = "(prefers-color-scheme: dark)";

/** The theme now, and how to choose one. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [chosen, setChosen] = useState(readChosen);
  const [isSystemDark, setSystemDark] = useState(() => matchMedia(DARK).matches);
  useEffect(() => {
    const query = matchMedia(DARK);
    const follow = () => setSystemDark(query.matches);
    query.addEventListener("change", follow);
    return () => query.removeEventListener("change", follow);
  }, []);
  const theme = chosen ?? (isSystemDark ? "dark" : "light");
  useEffect(() => {
    document.documentElement.dataset["theme"] = theme;
  }, [theme]);
  const choose = (next: Theme) => {
    localStorage.setItem(KEY, next);
    setChosen(next);
  };
  return [theme, choose];
}

function readChosen(): Theme | undefined {
  const stored = localStorage.getItem(KEY);
  return stored === "dark" || stored === "light" ? stored : undefined;
}
