/** The stepper's entry: a page of VS Code, and nothing without it. */
import { h, render } from "preact";
import { stepperHost } from "./host.ts";
import { Stepper } from "./stepper.ts";
import { App } from "./ui/app.tsx";

const acquire = globalThis.acquireVsCodeApi;
if (!acquire) throw new Error("This page is a panel of VS Code.");
const stepper = new Stepper(stepperHost(acquire()));
render(h(App, { stepper }), document.getElementById("app") ?? document.body);
stepper.start();
