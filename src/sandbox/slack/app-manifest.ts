/** What Slack knows of an app from its manifest and shows before the app is asked anything. */

import type { PageCommand, PageShortcut } from "./page-protocol.ts";

export interface AppManifest {
  readonly commands: readonly PageCommand[];
  readonly shortcuts: readonly PageShortcut[];
  /** Of links in these, and in their subdomains, the app hears; none unless it registers some. */
  readonly unfurlDomains?: readonly string[];
}

/** The Streamline bot's, unless the sandbox is given another. */
export const STREAMLINE_APP: AppManifest = {
  commands: [
    {
      command: "/streamline",
      about: "Ask the Streamline incident bot",
      uses: [
        { word: "help", hint: "", about: "What the bot can do" },
        { word: "search", hint: "WORDS", about: "Find the section of a runbook" },
        { word: "health", hint: "[target]", about: "How a server is right now" },
        { word: "metrics", hint: "PATTERN [target]", about: "Series of a server, by name" },
        { word: "runbook", hint: "ALERT", about: "The runbook of an alert" },
      ],
    },
  ],
  shortcuts: [{ callbackId: "find_runbook", title: "Find the runbook" }],
  // Where the servers of the sandbox are, and the runbooks of the repository.
  unfurlDomains: ["127.0.0.1", "localhost", "example.com", "github.com"],
};
