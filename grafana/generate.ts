/** `node grafana/generate.ts`: writes every dashboard beside this file, from grafana/source/. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { dashboardTexts } from "./source/dashboards.ts";

for (const { fileName, text } of dashboardTexts()) {
  writeFileSync(join(import.meta.dirname, fileName), text);
  process.stdout.write(`grafana/${fileName}\n`);
}
