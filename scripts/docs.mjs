// Writes the pages of docs/ that are made from code: `node scripts/docs.mjs`. A test says when they are out of date.
// Needs a Node that strips types (24), as npm scripts have it.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { errorsPage } from "./pages/errors.mjs";
import { libraryPage } from "./pages/std.mjs";

const NOTE = (/** @type {string} */ from) =>
  `<!-- Made from ${from} by \`node scripts/docs.mjs\`. -->\n\n`;

const libraryFile = (/** @type {string} */ name, /** @type {string} */ title) => [
  `docs/${name}.md`,
  NOTE(`src/std/types/${name}.d.ts`) + libraryPage(name, title),
];

/** The generated pages, by file: [file, text]. */
export async function pages() {
  const made = [
    ["docs/errors.md", NOTE("src/base/catalogue") + errorsPage()],
    libraryFile("std", "The standard library"),
    libraryFile("async", "Tasks and futures"),
    libraryFile("collections", "Collections"),
    libraryFile("actors", "Actors"),
    libraryFile("check", "Checks"),
  ];
  return Promise.all(
    made.map(async ([name = "", text = ""]) => {
      const filepath = fileURLToPath(new URL(`../${name}`, import.meta.url));
      const options = await resolveConfig(filepath);
      return { name, filepath, text: await format(text, { ...options, filepath }) };
    }),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { filepath, text } of await pages()) writeFileSync(filepath, text);
}
