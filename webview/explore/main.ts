/** The entry of the page that tells of exploring; there is one in VS Code only. */
import { h, render } from "preact";
import "../host.ts";
import { ExplorationApp } from "./app.tsx";
import { ExplorationPage } from "./page.ts";

const api = globalThis.acquireVsCodeApi?.();
if (!api) throw new Error("This page is a panel of VS Code.");
const page = new ExplorationPage({
  post: (message) => api.postMessage(message),
  keep: (state) => api.setState(state),
  listen: (receive) => addEventListener("message", (event) => receive(event.data)),
});
render(h(ExplorationApp, { page }), document.getElementById("app") ?? document.body);
page.start();
