/**
 * Who is around the panel: VS Code, or nobody where the panel is a report opened in a browser.
 */
import type { FromView } from "../src/protocol/webview.ts";

export interface Host {
  /** `report` has nobody to run, cancel or open anything for it. */
  readonly kind: "vscode" | "report";
  post(message: FromView): void;
  /** What was kept by `keep`, as it was kept or not at all: the caller checks its form. */
  kept(): unknown;
  keep(state: unknown): void;
  listen(receive: (message: unknown) => void): void;
}

interface VSCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare global {
  /** There inside VS Code only, and callable once. */
  var acquireVsCodeApi: (() => VSCodeApi) | undefined;
}

export function vscodeHost(api: VSCodeApi): Host {
  return {
    kind: "vscode",
    post: (message) => api.postMessage(message),
    kept: () => api.getState(),
    keep: (state) => api.setState(state),
    // Messages come from the window that embeds this one; nobody else can reach into it.
    listen: (receive) => addEventListener("message", (event) => receive(event.data)),
  };
}

/** A report has its trace in the page; what it would ask of VS Code it does itself (`reveal`) or not at all. */
export function reportHost(reveal: (message: Extract<FromView, { type: "reveal" }>) => void): Host {
  return {
    kind: "report",
    post: (message) => {
      if (message.type === "reveal") reveal(message);
    },
    kept: () => undefined,
    keep: () => undefined,
    listen: () => undefined,
  };
}
