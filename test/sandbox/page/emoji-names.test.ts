/** Emoji that the bot writes are drawn by the page: a machine without a font for them shows boxes. */

import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { emojiPieces } from "../../../src/sandbox/page/emoji-names.ts";

const ROOT = new URL("../../../", import.meta.url);

test("every emoji of the bot's texts is drawn", () => {
  const drawing = readFileSync(new URL("src/sandbox/page/emoji.tsx", ROOT), "utf8");
  const sources = globSync("src/**/*.ts", { cwd: ROOT }).filter(
    (file) => !file.startsWith("src/sandbox/page/"),
  );
  assert.ok(sources.length > 100, "the sources were found");
  const written = new Set(
    sources.flatMap(
      (file) => readFileSync(new URL(file, ROOT), "utf8").match(/\p{Emoji_Presentation}/gu) ?? [],
    ),
  );
  assert.ok(written.has("🔴") && written.has("📋"), "the emoji were found");
  for (const emoji of written) {
    const [piece] = emojiPieces(emoji);
    assert.ok(piece !== undefined && "name" in piece, `${emoji} has no name`);
    assert.match(drawing, new RegExp(`^  ${piece.name}: `, "m"), `${emoji} is not drawn`);
  }
});
