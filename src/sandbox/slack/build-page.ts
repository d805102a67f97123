/**
 * Builds the page from its sources: `node build-page.ts` prints it as JSON. A process of its own,
 * because Vite takes 300 MB that nobody needs afterwards.
 */

import { globSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { build, type Plugin } from "vite";

import { type BuiltPage, SANDBOX_FOLDER } from "./page-bundle.ts";

const PAGE_FOLDER = fileURLToPath(new URL("../page/", import.meta.url));

/** Takes about a second; throws what Vite throws when the sources do not compile. */
async function buildPage(): Promise<BuiltPage> {
  const result = await build({
    root: PAGE_FOLDER,
    configFile: false,
    logLevel: "error",
    mode: "production",
    publicDir: false,
    plugins: [react(), adaptLibrary()],
    build: {
      write: false,
      cssCodeSplit: false,
      modulePreload: false,
      // Names are kept short by gzip-free loopback: size does not matter here, start-up time does.
      minify: false,
      rolldownOptions: { input: `${PAGE_FOLDER}main.tsx` },
    },
  });
  const files = [result].flat().flatMap((each) => ("output" in each ? each.output : []));
  const script = files.find((file) => file.type === "chunk");
  const style = files.find((file) => file.fileName.endsWith(".css"));
  if (script?.type !== "chunk" || style?.type !== "asset") {
    throw new Error("The sandbox page was built without its script or its style");
  }
  const own = files
    .flatMap((file) => (file.type === "chunk" ? file.moduleIds : []))
    // What a style imports is no module of its own.
    .concat(globSync("**/*.css", { cwd: PAGE_FOLDER }).map((file) => `${PAGE_FOLDER}${file}`))
    .map((file) => relative(SANDBOX_FOLDER, file.replace(/\?.*$/, "")))
    .filter((file) => !file.startsWith("..") && !file.startsWith("\0"));
  return {
    script: script.code,
    style: String(style.source),
    sources: [...new Set(own)].toSorted(),
  };
}

/**
 * slack-blocks-to-jsx marks each rendered message with one and the same id, which a document may
 * carry once. An attribute takes its place; `:is()` keeps the weight an id gives to its rules. The
 * page's own font goes for its blocks, too.
 */
function adaptLibrary(): Plugin {
  const id = "slack_blocks_to_jsx";
  return {
    name: "adapt-slack-blocks-to-jsx",
    enforce: "pre",
    transform(code, file) {
      if (!file.includes("slack-blocks-to-jsx")) return undefined;
      return file.endsWith(".css")
        ? code
            .replaceAll(`#${id}`, `:is(#${id},[data-slack-blocks])`)
            .replace(/font-family:[^;{}]*!important/, "font-family:inherit")
        : code.replaceAll(`id:"${id}"`, `"data-slack-blocks":""`);
    },
  };
}

process.stdout.write(JSON.stringify(await buildPage()));
