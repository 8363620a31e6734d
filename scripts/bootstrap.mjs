// What `npm start` and `npm test` do first, on a machine that has only Node 20 and git: install what is
// missing, then go on under the Node that the project brings. Runs on Node 20 and imports nothing of npm's.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const windows = process.platform === "win32";
const bin = path.join(root, "node_modules/.bin");
const ownNode = path.join(root, "node_modules/node/bin", windows ? "node.exe" : "node");

/** Whether node_modules holds what the lock says. */
function installed() {
  const record = path.join(root, "node_modules/.package-lock.json");
  if (!existsSync(record) || !existsSync(ownNode)) return false;
  const have = JSON.parse(readFileSync(record, "utf8")).packages;
  const want = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8")).packages;
  return Object.entries(want).every(
    ([name, { version, optional, peer }]) =>
      name === "" || (have[name] ? have[name].version === version : Boolean(optional || peer)),
  );
}

/**
 * Runs a command in the project's folder with our output, and passes on the signals that we are sent.
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<number>} its exit status
 */
function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: "inherit",
      shell: windows && command === "npm",
      env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH ?? ""}` },
    });
    for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
      process.on(signal, () => child.kill(signal));
    }
    child.once("error", reject);
    child.once("exit", (status, signal) => resolve(status ?? (signal === "SIGINT" ? 130 : 1)));
  });
}

/**
 * Returns when everything is installed and this process is one that runs TypeScript; until then, another
 * process is started that is, and this one ends as it ends.
 * @param {string} script  the script that asks: `import.meta.url`
 */
export async function bootstrap(script) {
  const [major] = process.versions.node.split(".").map(Number);
  if (major < 20) {
    console.error(`Threadloom is built with Node 20 or newer; this is ${process.version}.`);
    process.exit(1);
  }
  if (!installed()) {
    console.log("install: npm ci (the first time, or after a change; about a minute)");
    const started = performance.now();
    // The flags undo what a person's own settings may say: we need the development tools and their binaries.
    const flags = ["--include=dev", "--ignore-scripts=false", "--no-audit", "--no-fund"];
    const status = await run("npm", ["ci", ...flags, "--loglevel=error"]);
    if (status !== 0) {
      console.error("install: npm ci failed; what it printed stands above");
      process.exit(status);
    }
    console.log(`install: done in ${((performance.now() - started) / 1000).toFixed(0)} s`);
  }
  if (path.resolve(process.execPath) !== ownNode && major < 24) {
    process.exit(await run(ownNode, [fileURLToPath(script), ...process.argv.slice(2)]));
  }
  process.chdir(root);
}
