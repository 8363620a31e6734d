// A real VS Code and a real browser for the tests, out of npm alone: nothing is compiled and nothing of the
// system is asked for but glibc. VS Code is the server build inside the npm package `code-server`, run by the
// Node that this project already depends on. Each part lies in a folder of its own under .vscode-test/, named
// by its version and moved there in one step when it is complete, so the folder's existence is the stamp.
//   node test/vscode/setup.ts      sets up what is missing and says where it is
import { execFile, execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliDecompressSync } from "node:zlib";

const CODE_SERVER = "4.139.1";
const CHROMIUM = "147.0.0";
const FONTS = "2.37.3";

const root = path.resolve(import.meta.dirname, "../..");
const store = path.join(root, ".vscode-test");

export interface Browser {
  readonly executable: string;
  /** What the browser needs in its environment; the packaged one brings its own libraries and fonts. */
  readonly env: Readonly<Record<string, string>>;
  /** `shell` is the browser that is always headless. */
  readonly kind: "desktop" | "shell";
}

export interface Installation {
  /** The script that Node runs to start the server. */
  readonly serverEntry: string;
  readonly browser: Browser;
}

const run = promisify(execFile);

/** npm's own variables of the script we are in would make it install into the wrong folder. */
function npmEnvironment() {
  const own = /^npm_(package_|lifecycle_|config_local_prefix|config_omit|command$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}

async function npmInstall(folder: string, ...what: string[]) {
  const flags = ["--ignore-scripts", "--engine-strict=false", "--no-package-lock", "--no-progress"];
  try {
    await run(
      "npm",
      ["install", ...what, ...flags, "--no-audit", "--no-fund", "--loglevel=error"],
      {
        cwd: folder,
        env: npmEnvironment(),
        shell: process.platform === "win32",
        maxBuffer: 1 << 26,
      },
    );
  } catch (cause) {
    throw new Error(`npm could not install ${what.join(" ") || folder}`, { cause });
  }
}

/** Makes `.vscode-test/<name>` by `fill`, unless it is there. Two processes at once do no harm. */
async function provide(name: string, what: string, fill: (folder: string) => Promise<void>) {
  const target = path.join(store, name);
  if (existsSync(target)) return target;
  console.log(`setup: installing ${what} into .vscode-test/ (once)`);
  const started = performance.now();
  mkdirSync(store, { recursive: true });
  const folder = mkdtempSync(path.join(store, "new-"));
  try {
    writeFileSync(path.join(folder, "package.json"), '{"private":true}\n');
    await fill(folder);
    if (!existsSync(target)) renameSync(folder, target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`setup: ${what} ready in ${((performance.now() - started) / 1000).toFixed(0)} s`);
  return target;
}

async function installServer(folder: string) {
  await npmInstall(folder, `code-server@${CODE_SERVER}`);
  const vscode = path.join(folder, "node_modules/code-server/lib/vscode");
  // Pinned by the npm-shrinkwrap.json that the package carries.
  await npmInstall(vscode, "--omit=dev");
  await npmInstall(path.join(vscode, "extensions"), "--omit=dev");
  for (const name of ["spdlog", "native-watchdog"]) {
    const source = readFileSync(path.join(import.meta.dirname, "stand-ins", `${name}.cjs`), "utf8");
    writeFileSync(path.join(vscode, "node_modules/@vscode", name, "index.js"), source);
  }
}

/** `NAME.tar.br` of the package, unpacked into `to`. */
function unpackArchive(from: string, to: string) {
  mkdirSync(to, { recursive: true });
  execFileSync("tar", ["-xf", "-", "-C", to], { input: brotliDecompressSync(readFileSync(from)) });
}

async function installBrowser(folder: string) {
  await npmInstall(folder, `@sparticuz/chromium@${CHROMIUM}`, `dejavu-fonts-ttf@${FONTS}`);
  const bin = path.join(folder, "node_modules/@sparticuz/chromium/bin");
  const executable = brotliDecompressSync(readFileSync(path.join(bin, "chromium.br")));
  writeFileSync(path.join(folder, "chromium"), executable, { mode: 0o755 });
  unpackArchive(path.join(bin, "al2023.tar.br"), folder);
  unpackArchive(path.join(bin, "swiftshader.tar.br"), folder);
  mkdirSync(path.join(folder, "fonts"));
  // Serif is left out, since a page that names no font would get it.
  const ttf = path.join(folder, "node_modules/dejavu-fonts-ttf/ttf");
  for (const name of readdirSync(ttf).filter((one) => /Sans(Mono)?(-|\.)/.test(one))) {
    renameSync(path.join(ttf, name), path.join(folder, "fonts", name));
  }
  rmSync(path.join(folder, "node_modules"), { recursive: true });
  writeFileSync(
    path.join(folder, "fonts.conf"),
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
  <alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
  <alias><family>sans-serif</family><prefer><family>DejaVu Sans</family></prefer></alias>
</fontconfig>
`,
  );
}

function systemBrowser(): string | undefined {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  return [
    process.env.CHROMIUM,
    ...folders.flatMap((folder) => names.map((name) => path.join(folder, name))),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  ].find((file) => file && existsSync(file));
}

export async function provideBrowser(): Promise<Browser> {
  const found = systemBrowser();
  if (found) return { executable: found, env: {}, kind: "desktop" };
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error("no Chrome or Chromium found: install one, or name it in CHROMIUM");
  }
  const folder = await provide(
    `chromium-${CHROMIUM}-fonts-${FONTS}`,
    `Chromium ${CHROMIUM}`,
    installBrowser,
  );
  return {
    executable: path.join(folder, "chromium"),
    env: {
      LD_LIBRARY_PATH: path.join(folder, "lib"),
      FONTCONFIG_FILE: path.join(folder, "fonts.conf"),
    },
    kind: "shell",
  };
}

/** Installs the server where it is missing; gives the script that Node runs to start it. */
export async function setUpServer(): Promise<string> {
  const folder = await provide(`code-server-${CODE_SERVER}`, "VS Code", installServer);
  return path.join(folder, "node_modules/code-server/out/node/entry.js");
}

/** Everything that the tests in VS Code need, installed where it is missing. */
export async function setUpVSCode(): Promise<Installation> {
  const [serverEntry, browser] = await Promise.all([setUpServer(), provideBrowser()]);
  return { serverEntry, browser };
}

/** What an interrupted installation left behind; a younger one may still be going on. */
function removeLeftovers() {
  if (!existsSync(store)) return;
  for (const name of readdirSync(store).filter((one) => one.startsWith("new-"))) {
    const folder = path.join(store, name);
    const age = Date.now() - statSync(folder).mtimeMs;
    if (age > 3600_000) rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  removeLeftovers();
  const { serverEntry, browser } = await setUpVSCode();
  console.log(`setup: VS Code is ${path.relative(root, serverEntry)}`);
  console.log(`setup: the browser is ${browser.executable}`);
}
