/** Commands that end when they are stopped, and not when nobody reads what they print. */
export const LASTING_COMMANDS = new Set(["serve", "sandbox", "mcp"]);
