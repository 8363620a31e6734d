// `npm start`: from a fresh checkout to a picture of real threads. Installs what is missing, builds, traces an
// example, and opens VS Code on it: the desktop one where `code` is on the path, else one in the browser.
//   npm start -- --no-open      stops after the trace (so does CI=true)
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { bootstrap } from "./bootstrap.mjs";

await bootstrap(import.meta.url);
// These need what has been installed, and the project's own Node.
const { build } = await import("./build.mjs");
const { stage } = await import("./stage.mjs");

const EXAMPLE = "examples/4-shared-state/contention.ts";
const REPORT = "out/contention.html";

await build();
trace();
if (process.argv.includes("--no-open") || process.env.CI) {
  console.log("\nNot opening VS Code. Without --no-open (or CI), `npm start` goes on to do that.");
} else {
  await open(stage("development"));
}

function trace() {
  mkdirSync("out", { recursive: true });
  console.log(`\n> threadloom trace ${EXAMPLE} --html ${REPORT}\n`);
  const args = ["dist/cli.mjs", "trace", EXAMPLE, "--html", REPORT];
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
  if (status !== 0) {
    console.error(`start: tracing ${EXAMPLE} failed`);
    process.exit(status ?? 1);
  }
  console.log(`\nThe same in pictures, for any browser: ${path.resolve(REPORT)}`);
}

/** @param {string} extension  the staged folder */
async function open(extension) {
  if (onPath("code")) {
    console.log("Opening VS Code on the examples: click Trace above a program.");
    const args = ["--new-window", `--extensionDevelopmentPath=${extension}`];
    args.push(path.resolve("examples"), "--goto", path.resolve(EXAMPLE));
    spawnSync("code", args, { stdio: "inherit", shell: process.platform === "win32" });
    return;
  }
  console.log("There is no `code` on the path, so here is a VS Code in the browser.");
  const { setUpServer } = await import("../test/vscode/setup.ts");
  const { Server } = await import("../test/vscode/server.ts");
  const server = await Server.start({
    serverEntry: await setUpServer(),
    extensions: [{ folder: extension }],
    workspace: { inPlace: "examples" },
    trust: "off", // you have just run this very code
    settings: {},
  });
  const file = `vscode-remote://${new URL(server.url).host}${path.resolve(EXAMPLE)}`;
  const payload = encodeURIComponent(JSON.stringify([["openFile", file]]));
  console.log(`\n  ${server.url}&payload=${payload}\n`);
  console.log("Click Trace above a program. Ctrl-C ends it.");
  // The server keeps this process going, and is taken down when it exits.
}

/** @param {string} command */
function onPath(command) {
  const names = process.platform === "win32" ? [`${command}.cmd`, `${command}.exe`] : [command];
  return (process.env.PATH ?? "")
    .split(path.delimiter)
    .some((folder) => names.some((name) => existsSync(path.join(folder, name))));
}
