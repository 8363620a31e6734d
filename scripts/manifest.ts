// Writes what is derived of the extension's manifest: package.json, package.nls.json and l10n/bundle.l10n.json.
//   node scripts/manifest.ts        after a change of src/extension/contributions.ts or of a sentence
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { derived, type Json } from "./manifest-parts.ts";

const root = path.dirname(import.meta.dirname);

for (const [name, change] of Object.entries(derived)) {
  const file = path.join(root, name);
  const before = JSON.parse(readFileSync(file, "utf8")) as Json;
  const after = `${JSON.stringify(change(before), null, 2)}\n`;
  if (after !== readFileSync(file, "utf8")) {
    writeFileSync(file, after);
    console.log(`manifest: ${name} written`);
  }
}
