// Writes docs/errors.md from the catalogue of messages. Needs a Node that strips types (24), as `npm run` gives it.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { CATALOGUE } from "../src/base/catalogue/index.ts";

/** @returns {string} */
export function errorsPage() {
  const ranges = CATALOGUE.map(
    ({ digit, title, messages }) =>
      `## TL${digit}xxx: ${title}\n\n` +
      messages
        .toSorted((a, b) => a.code.localeCompare(b.code))
        .map(
          ({ code, text, remedy, explanation }) =>
            `### ${code}\n\n**${escape(text)}**\n\n${explanation}\n` +
            (remedy === undefined ? "" : `\n_What to do:_ ${remedy}\n`),
        )
        .join("\n"),
  );
  return `<!-- Made from src/base/catalogue by \`node scripts/errors.mjs\`. -->

# Messages

Everything that Threadloom says when something is wrong, by its code. \`threadloom explain CODE\` prints the same on a
terminal. In the texts, \`{name}\` stands where a message has a value.

${ranges.join("\n")}`;
}

/** @param {string} text */
function escape(text) {
  return text.replace(/[*_<]/g, "\\$&");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL("../docs/errors.md", import.meta.url), errorsPage());
}
