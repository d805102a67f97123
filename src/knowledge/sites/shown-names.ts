/** Which attributes and keys of a site's components hold words for its readers. */

/** They are words whatever they say. */
const SHOWN =
  /^(?:title|label|labels|heading|header|summary|description|subtitle|caption|text|content|body|message|question|answer|alt|tip|cta|term|definition|excerpt|note|hint|children|words|items|rows|columns|headers|cells|options|list|steps)$/;

/** They do something, lay out, or lead somewhere. */
const HIDDEN =
  /^(?:class|className|style|id|key|ref|src|href|to|url|link|path|file|icon|image|img|type|variant|color|theme|kind|lang|language|width|height|size|sizes|align|target|rel|slot|as|is|allow|viewBox|d|groupId|value|values|syncKey|metadata|startAt|endAt|startLine|endLine|region|on[A-Z]\w*|[a-z]\w*(?:Id|Url|Class|Style|Props|Src|Path|Icon)|(?:fill|stroke)(?:[A-Z-]\S*)?|(?:data|aria)-\S*)$/;

const CODE = /^(?:code|command|cmd|script|snippet)$/;

/** Two words behind each other, or words of a language that puts nothing between them. */
const PROSE =
  /\p{L}{2}[,.!?:]?\s+(?:\{\{[^{}]*\}\}\s+)?["'(]?\p{L}|[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]/u;

/** Whatever stands below them is no text. */
const SILENT =
  /^(?:style|sx|css|class\w*|icon|on[A-Z]\w*|[a-z]\w*(?:Style|Styles|ClassName|Icon))$/;

/** Whether it reads as words, under whatever name it stands. */
export function readsAsWords(text: string): boolean {
  return PROSE.test(text);
}

/** Whether nothing under this name is for readers, however deep it stands. */
export function isSilent(name: string): boolean {
  return SILENT.test(name);
}

/** Whether a reader of the site sees the text that stands under this name. */
export function isShown(name: string, text: string): boolean {
  if (text.trim() === "" || HIDDEN.test(name)) return false;
  return SHOWN.test(name) || CODE.test(name) || readsAsWords(text);
}

/** What stands under this name is typed, and not read. */
export function isCodeName(name: string): boolean {
  return CODE.test(name);
}
