/** The entry of the page that compares execution models; there is one in VS Code only. */
import { h, render } from "preact";
import "../host.ts";
import { ComparisonApp } from "./app.tsx";
import { Comparison } from "./comparison.ts";

const api = globalThis.acquireVsCodeApi?.();
if (!api) throw new Error("This page is a panel of VS Code.");
const comparison = new Comparison({
  post: (message) => api.postMessage(message),
  keep: (state) => api.setState(state),
  listen: (receive) => addEventListener("message", (event) => receive(event.data)),
});
render(h(ComparisonApp, { comparison }), document.getElementById("app") ?? document.body);
comparison.session.start();
