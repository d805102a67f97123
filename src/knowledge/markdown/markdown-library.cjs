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
  const { EditMap } = require("micromark-util-edit-map");
  const syntax = [gfm()];
  const tree = [gfmFromMarkdown()];
  const writing = [gfmToMarkdown()];
  EditMap.prototype.consume = applyEdits;
  return { fromMarkdown, toMarkdown, syntax, tree, writing };
}

/** @typedef {import("micromark-util-edit-map").EditMap} Edits */

/**
 * The parser's own copies all events of the document for each list that ends, so that a change log of a
 * megabyte took 20 seconds. The edits are at its end, and what is before the first of them stays.
 *
 * @this {Edits}
 * @param {Parameters<Edits["consume"]>[0]} events
 * @returns {undefined}
 */
function applyEdits(events) {
  const edits = this.map.sort(([one], [other]) => one - other);
  const [first] = edits;
  if (first === undefined) return;
  const begin = first[0];
  const rest = events.slice(begin);
  events.length = begin;
  let at = 0;
  for (const [index, removed, added] of edits) {
    for (const event of rest.slice(at, index - begin)) events.push(event);
    at = Math.max(at, index - begin);
    for (const event of added) events.push(event);
    at += removed;
  }
  for (const event of rest.slice(at)) events.push(event);
  edits.length = 0;
  this.index.clear();
}

/** @type {ReturnType<typeof loadMarkdown> | undefined} */
let loaded;

exports.markdownLibrary = () => {
  loaded ??= loadMarkdown();
  return loaded;
};
