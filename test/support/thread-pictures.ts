/**
 * Pictures of five threads on a desk and on a phone: `npm run pictures -- FOLDER [NAME…]`; without names all.
 */

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { openBrowser } from "./browser.ts";
import { openThread, SIZES } from "./open-thread.ts";
import { stageThread, THREAD_SCENES } from "./threads.ts";

const [folder = "pictures", ...names] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const browser = await openBrowser();
const page = await browser.newPage();
for (const scene of THREAD_SCENES.filter(
  ({ name }) => names.length === 0 || names.includes(name),
)) {
  const staged = await stageThread(scene);
  for (const size of Object.keys(SIZES) as (keyof typeof SIZES)[]) {
    await take(page, staged.sandbox.url, { name: scene.name, size });
  }
  await staged.stop();
}
await browser.close();
process.exit(0);

async function take(
  page: Page,
  url: string,
  { name, size }: { readonly name: string; readonly size: keyof typeof SIZES },
): Promise<void> {
  await openThread(page, url, size);
  const path = join(folder, `${name}-${size}.png`);
  await page.screenshot({ path });
  process.stdout.write(`${path}\n`);
}
