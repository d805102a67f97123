// @ts-check
/**
 * The parser of JSX, loaded with the first page that computes something: most pages do not. CommonJS for
 * the same reason as the Markdown parser beside it.
 */

/**
 * The parser's own parts, which its types leave out: plugins are written with them.
 * @typedef {object} Tokens
 * @property {{ label: string }} type The token that was read last.
 * @property {readonly unknown[]} context What it stands in.
 * @property {number} start
 * @property {unknown} startLoc
 * @property {() => void} nextToken
 * @property {() => void} next
 * @property {(type: unknown) => void} finishToken
 * @property {(code: number) => void} readToken
 * @property {(start: number, startLoc: unknown) => unknown} jsx_parseOpeningElementAt
 */

function loadJsx() {
  const { Parser, tokTypes } = require("acorn");
  const jsx = require("acorn-jsx");
  const WithJsx = Parser.extend(jsx());
  /** @type {import("acorn").Options} */
  const options = { ecmaVersion: "latest", sourceType: "module", locations: true };

  /** @param {string} text */
  const openingTag = (text) => {
    /** @type {Tokens} */
    const parser = Reflect.construct(WithJsx, [options, text]);
    const readToken = parser.readToken.bind(parser);
    // What stands behind the tag is Markdown, of which no token is read.
    parser.readToken = (code) => {
      const isBehindTag = parser.type.label === "jsxTagEnd" && parser.context.length <= 2;
      return isBehindTag ? parser.finishToken(tokTypes.eof) : readToken(code);
    };
    parser.nextToken();
    const { start, startLoc } = parser;
    parser.next();
    return parser.jsx_parseOpeningElementAt(start, startLoc);
  };

  return {
    /**
     * The opening tag that a text begins with; throws a SyntaxError for what is none.
     * @type {(text: string) => unknown}
     */
    openingTag,
    /**
     * The expression that a text has at a place; throws as well.
     * @type {(text: string, from: number) => unknown}
     */
    expression: (text, from) => WithJsx.parseExpressionAt(text, from, options),
  };
}

/** @type {ReturnType<typeof loadJsx> | undefined} */
let loaded;

exports.jsxLibrary = () => {
  loaded ??= loadJsx();
  return loaded;
};
