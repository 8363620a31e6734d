/** Words of our webviews in the person's language, out of the bundle of translations; none in English, which pages know. */
import * as vscode from "vscode";

/** `page` is what comes before the keys of a page's strings in the bundle, such as `stepper/`. */
export function pageStrings(page: string): Record<string, string> {
  const strings: Record<string, string> = {};
  for (const [key, translated] of Object.entries(vscode.l10n.bundle ?? {})) {
    if (key.startsWith(page) && typeof translated === "string") {
      strings[key.slice(page.length)] = translated;
    }
  }
  return strings;
}
