#!/usr/bin/env node
/** The program as it is installed. In JavaScript, so that compiled code is there before the first TypeScript. */

/** Commands that run until they are stopped; without a command it is the bot. */
const STAY = new Set(["serve", "sandbox", "mcp"]);

const [command = "serve"] = process.argv.slice(2);

// What stays is started small. What answers and ends gains nothing by that, and comes 40 ms sooner.
await import(STAY.has(command) || command.startsWith("-") ? "./start.js" : "./compiled-code.js");
await import("./main.ts");
