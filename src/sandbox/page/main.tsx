/** Starts the page in its document. */

import { createRoot } from "react-dom/client";
import "slack-blocks-to-jsx/dist/style.css";
import "./page.css";
import { App } from "./app.tsx";

const root = document.getElementById("page");
if (root === null) throw new Error("The document has no element for the page");
createRoot(root).render(<App />);
