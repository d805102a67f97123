// @ts-check
/**
 * The Markdown parser, loaded when the first page is read or shown: 100 files and 5 MB, which a bot that
 * waits for an alert does without. CommonJS, since only that can load a module at the moment in which a
 * function needs it; the border test reads it as any other file.
 */

/** @returns What parses and writes Markdown; its parts are made once: that takes a sixth of the time of reading a section. */
function loadMarkdown() {
  const { fromMarkdown } = require("mdast-util-from-markdown");
  const { gfmFromMarkdown, gfmToMarkdown } = require("mdast-util-gfm");
  const { toMarkdown } = require("mdast-util-to-markdown");
  const { gfm } = require("micromark-extension-gfm");
  const syntax = [gfm()];
  const tree = [gfmFromMarkdown()];
  const writing = [gfmToMarkdown()];
  return { fromMarkdown, toMarkdown, syntax, tree, writing };
}

/** @type {ReturnType<typeof loadMarkdown> | undefined} */
let loaded;

exports.markdownLibrary = () => {
  loaded ??= loadMarkdown();
  return loaded;
};
