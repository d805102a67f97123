#!/usr/bin/env node
/** The program as it is installed. In JavaScript, so that compiled code is there before the first TypeScript. */

/** Without a command it is the bot. */
const [command = "serve"] = process.argv.slice(2);

// Node 20 can start `npx`, which brings the Node that the program needs; without it this would be a SyntaxError.
const [major = "0"] = process.versions.node.split(".");
if (Number(major) < 24) {
  process.stderr.write(
    `streamline-bot needs Node 24, and this is Node ${process.versions.node}.\n` +
      "In the checkout run: npm ci, then npx streamline-bot, which uses the Node 24 that it brings.\n",
  );
  process.exit(2);
}

// What stays is started small. What answers and ends gains nothing by that, and comes 40 ms sooner.
const { LASTING_COMMANDS } = await import("./lasting-commands.js");
const isLasting = LASTING_COMMANDS.has(command) || command.startsWith("-");
await import(isLasting ? "./start.js" : "./compiled-code.js");
await import("./main.ts");
