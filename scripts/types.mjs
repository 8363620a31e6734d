// Type-checks every project, two at a time.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const PROJECTS = ["tsconfig.json", "tsconfig.webview.json"];
const tsc = fileURLToPath(import.meta.resolve("typescript/lib/tsc.js"));

/** @param {string} project */
function check(project) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [tsc, "--pretty", "-p", project], { stdio: "inherit" });
    child.once("exit", (status) => resolve(status ?? 1));
  });
}

const statuses = await Promise.all(PROJECTS.map(check));
process.exit(statuses.every((status) => status === 0) ? 0 : 1);
