/** The offline report: the timeline's own page with the trace inside. Its code and style are the bundles in dist/. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { reportHtml } from "../../webview/report.ts";

/** The page's HTML. Rejects when the trace cannot be read. */
export async function reportPage(tracePath: string, program: string): Promise<string> {
  const [trace, code, style] = await Promise.all([
    readFile(tracePath),
    readFile(bundle("webview.js"), "utf8"),
    readFile(bundle("webview.css"), "utf8"),
  ]);
  return reportHtml(trace, code, style, path.basename(program));
}

/** In dist/, where the command line's own bundle lies too. */
function bundle(name: string): URL {
  const fromSource = import.meta.url.endsWith(".ts");
  return new URL(fromSource ? `../../dist/${name}` : `./${name}`, import.meta.url);
}
