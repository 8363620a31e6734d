/**
 * The panel's entry, in VS Code and in a report: the same bundle. A report has its trace in the page, as base64 in a
 * block of data; VS Code sends it in messages.
 */
import { h, render } from "preact";
import { VIEW_PROTOCOL, type FromView } from "../src/protocol/webview.ts";
import { decodeBase64 } from "./base64.ts";
import { reportHost, vscodeHost } from "./host.ts";
import { Panel } from "./panel.ts";
import { TRACE_BLOCK } from "./report-parts.ts";
import { App } from "./ui/app.tsx";

function show(panel: Panel): void {
  render(h(App, { panel }), document.getElementById("app") ?? document.body);
}

/** A report is dark or light as its reader's system is. */
function followSystem(): void {
  const light = matchMedia("(prefers-color-scheme: light)");
  const contrast = matchMedia("(prefers-contrast: more)");
  const apply = (): void => {
    const { classList } = document.body;
    classList.toggle("vscode-light", light.matches && !contrast.matches);
    classList.toggle("vscode-dark", !light.matches && !contrast.matches);
    classList.toggle("vscode-high-contrast", contrast.matches);
    classList.toggle("vscode-high-contrast-light", contrast.matches && light.matches);
  };
  apply();
  for (const query of [light, contrast]) query.addEventListener("change", apply);
}

/** What a place link does where there is no editor. */
function revealInPage(panel: Panel, { file, line }: Extract<FromView, { type: "reveal" }>): void {
  panel.store.set({ tab: "source", source: { file, line, endLine: line } });
}

function openReport(block: HTMLElement): void {
  followSystem();
  const panel: Panel = new Panel(reportHost((message) => revealInPage(panel, message)));
  const run = "report";
  const title = block.dataset.title ?? document.title;
  panel.session.take({
    type: "begin",
    protocol: VIEW_PROTOCOL,
    run,
    title,
    again: false,
    strings: {},
  });
  const bytes = decodeBase64(block.textContent);
  panel.session.take({ type: "bytes", run, offset: 0, bytes });
  panel.session.take({ type: "status", run, phase: "ended", text: "" });
  show(panel);
}

function openInEditor(api: ReturnType<NonNullable<typeof acquireVsCodeApi>>): void {
  const panel = new Panel(vscodeHost(api));
  show(panel);
  panel.session.start();
}

const block = document.getElementById(TRACE_BLOCK);
if (globalThis.acquireVsCodeApi) openInEditor(globalThis.acquireVsCodeApi());
else if (block) openReport(block);
else throw new Error("This page is neither a panel of VS Code nor a report with a trace.");
