/** Puts a page of ours into a webview: the timeline, the stepper and the comparison differ in their bundle alone. */
import * as vscode from "vscode";
import { freshNonce } from "./nonce.ts";
import { timelinePage } from "./timeline-page.ts";

/** `bundle`: the name of its script and style in our `dist`. Whoever listens to the page listens before this. */
export function putPage(webview: vscode.Webview, extension: vscode.Uri, bundle: string): void {
  const dist = vscode.Uri.joinPath(extension, "dist");
  webview.options = { enableScripts: true, localResourceRoots: [dist] };
  const inDist = (name: string) =>
    webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString(true);
  webview.html = timelinePage({
    script: inDist(`${bundle}.js`),
    style: inDist(`${bundle}.css`),
    source: webview.cspSource,
    nonce: freshNonce(),
    language: vscode.env.language,
    title: "Threadloom",
  });
}
