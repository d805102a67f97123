#!/usr/bin/env node
/** The program as it is installed. In JavaScript, so that compiled code is there before the first TypeScript. */

import "./compiled-code.js";

await import("./main.ts");
