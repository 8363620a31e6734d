// docs/errors.md, made from the catalogue of messages.
import { CATALOGUE } from "../../src/base/catalogue/index.ts";

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
  return `# Messages

Everything that Threadloom says when something is wrong, by its code. \`threadloom explain CODE\` prints the same on a
terminal. In the texts, \`{name}\` stands where a message has a value.

${ranges.join("\n")}`;
}

/** @param {string} text */
function escape(text) {
  return text.replace(/[*_<]/g, "\\$&");
}
