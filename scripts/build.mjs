// Builds dist/: one bundle per process that runs ours, the view, and the files beside them that are read as they are.
//   node scripts/build.mjs [--production] [--watch] [--force]
// A bundle none of whose inputs changed since it was last written is left alone.
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { writeTesting } from "./testing-files.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const DIST = path.join(root, "dist");

// Code that is CommonJS inside (typescript) wants these names; an ES module has to make them.
const COMMONJS_NAMES = `import { createRequire as __createRequire } from "node:module";
import { dirname as __pathDirname } from "node:path";
import { fileURLToPath as __fileURLToPath } from "node:url";
const require = __createRequire(import.meta.url);
const __filename = __fileURLToPath(import.meta.url);
const __dirname = __pathDirname(__filename);`;

/** @type {esbuild.BuildOptions} */
const NODE = { platform: "node", target: "node20", format: "esm" };
/** @type {esbuild.BuildOptions} */
const NODE_CJS = {
  ...NODE,
  format: "cjs",
  define: { "import.meta.url": "__bundleUrl" },
  banner: { js: 'const __bundleUrl = require("node:url").pathToFileURL(__filename).href;' },
};

/** The extension without Node, and its workers, which are classic scripts: so does VS Code load them in a browser. */
/** @type {esbuild.BuildOptions} */
const WEB = { platform: "browser", target: "es2023", format: "iife", external: ["vscode"] };

/** What VS Code loads when it starts is to be small, and nothing in it asks what a function or class is called. */
/** @type {esbuild.BuildOptions} */
const NAMELESS = { keepNames: false };

/** @type {esbuild.BuildOptions} */
const PAGE = {
  platform: "browser",
  target: "es2023",
  format: "iife",
  jsx: "automatic",
  jsxImportSource: "preact",
};
/** @type {esbuild.BuildOptions} */
const PAGE_STYLE = { loader: { ".ttf": "dataurl", ".svg": "dataurl" } };

/**
 * `twinned`: `std` in it can be suspended (src/protocol/twins.ts).
 * @typedef {{ entry: string, out: string, options: esbuild.BuildOptions, twinned?: boolean }} Bundle
 */

/** @type {Bundle[]} */
export const BUNDLES = [
  {
    entry: "src/extension/extension.ts",
    out: "extension.cjs",
    options: { ...NODE_CJS, external: ["vscode"], ...NAMELESS },
  },
  { entry: "src/extension/desktop/examine-worker.ts", out: "examine.mjs", options: NODE },
  { entry: "src/engine/native/runner-main.ts", out: "runner.mjs", options: NODE },
  { entry: "src/engine/native/worker-main.ts", out: "worker.mjs", options: NODE },
  {
    entry: "src/engine/native/control/controller-main.ts",
    out: "controller.mjs",
    options: NODE,
  },
  {
    entry: "src/engine/native/modelled/worker-main.ts",
    out: "model.mjs",
    options: NODE,
    twinned: true,
  },
  {
    entry: "src/engine/native/green/worker-main.ts",
    out: "green.mjs",
    options: NODE,
    twinned: true,
  },
  { entry: "src/explore/node/worker-main.ts", out: "explore.mjs", options: NODE, twinned: true },
  {
    entry: "src/cli/main.ts",
    out: "cli.mjs",
    options: { ...NODE, banner: { js: `#!/usr/bin/env node\n${COMMONJS_NAMES}` } },
  },
  { entry: "src/cli/mcp/main.ts", out: "mcp.mjs", options: NODE },
  { entry: "src/agents/toolbox.ts", out: "agents.mjs", options: NODE },
  {
    entry: "src/compiler/service-worker.ts",
    out: "compiler.mjs",
    // TypeScript asks for it while it is worked on itself, and goes on without it.
    options: { ...NODE, banner: { js: COMMONJS_NAMES }, external: ["source-map-support"] },
  },
  // Of the npm package: exploring from unit tests.
  { entry: "src/testing/index.ts", out: "testing.mjs", options: NODE },
  { entry: "src/testing/index.ts", out: "testing.cjs", options: NODE_CJS },
  { entry: "src/testing/desk-worker.ts", out: "testing-desk.mjs", options: NODE },
  { entry: "src/testing/register-main.ts", out: "register.mjs", options: NODE },
  { entry: "src/testing/register-hooks-main.ts", out: "register-hooks.mjs", options: NODE },
  { entry: "src/testing/vite.ts", out: "vite.mjs", options: NODE },
  {
    entry: "src/testing/jest.ts",
    out: "jest.cjs",
    options: { ...NODE_CJS, footer: { js: "module.exports = module.exports.default;" } },
  },
  { entry: "src/testing/outside.ts", out: "outside/outside.mjs", options: NODE },
  { entry: "src/testing/outside.ts", out: "outside/outside.cjs", options: NODE_CJS },
  {
    entry: "src/language/ts-plugin/index.ts",
    out: "ts-plugin/index.js",
    // A plugin is a function, not a module that has one.
    options: { ...NODE_CJS, footer: { js: "module.exports = module.exports.default;" } },
  },
  {
    entry: "src/extension/web/extension.ts",
    out: "web/extension.js",
    options: { ...WEB, ...NAMELESS, format: "cjs" },
  },
  { entry: "src/extension/web/examine-worker.ts", out: "web/examine.js", options: WEB },
  { entry: "src/compiler/browser/worker-main.ts", out: "web/compiler.js", options: WEB },
  {
    entry: "src/engine/browser/worker-main.ts",
    out: "web/model.js",
    options: WEB,
    twinned: true,
  },
  { entry: "webview/main.ts", out: "webview.js", options: PAGE },
  { entry: "webview/stepper/main.ts", out: "stepper.js", options: PAGE },
  { entry: "webview/compare/main.ts", out: "compare.js", options: PAGE },
  { entry: "webview/explore/main.ts", out: "explore.js", options: PAGE },
  // Fonts and pictures go into the style sheet itself, so that an offline report needs no second file.
  { entry: "webview/*.css", out: "webview.css", options: PAGE_STYLE },
  { entry: "webview/stepper/*.css", out: "stepper.css", options: PAGE_STYLE },
  { entry: "webview/compare/*.css", out: "compare.css", options: PAGE_STYLE },
  { entry: "webview/explore/*.css", out: "explore.css", options: PAGE_STYLE },
];

/** Files that are copied as they are: [glob, folder in dist]. */
const COPIES = [
  ["node_modules/typescript/lib/lib*.d.ts", "lib"],
  ["src/std/types/*.d.ts", "types"],
  // What hovers say of annotations, and coding agents read of how programs are written.
  ["docs/{annotations,std,schedules,checking}.md", "words"],
  ["src/std/types/*.d.ts", "ts-plugin/types"], // the plugin is a package of its own: scripts/stage.mjs
];

/** @typedef {{ key: string, inputs: Record<string, string> }} Stamp */

/** @param {string} file */
function fingerprint(file) {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat ? `${stat.mtimeMs}:${stat.size}` : "gone";
}

/** What is twinned for the model engine: `std`, and what of the engines calls its operations. */
const TWINNED = ["src/std/**/*.ts", "src/engine/program/runtime.ts"];

/**
 * Passes `std` through the compiler's own step. One program for a build: types decide what may stop.
 * @returns {esbuild.Plugin}
 */
function twins() {
  return {
    name: "twins",
    setup(build) {
      /** @type {Promise<import("../src/compiler/twins/std.ts").TwinnedStd> | undefined} */
      let std;
      const twin = async () => {
        const { twinStd } = await import("../src/compiler/twins/std.ts");
        const files = TWINNED.flatMap((pattern) => globSync(pattern, { cwd: root }))
          .filter((file) => !file.endsWith(".d.ts"))
          .map((file) => path.join(root, file).replaceAll("\\", "/"));
        const runtime = path.join(root, "src/engine/model/twins/runtime.ts");
        return twinStd(files, runtime.replaceAll("\\", "/"));
      };
      build.onStart(() => {
        std = undefined;
      });
      build.onLoad(
        { filter: /[\\/]src[\\/](std|engine[\\/]program)[\\/].*\.ts$/ },
        async (file) => {
          const contents = (await (std ??= twin())).emit(file.path.replaceAll("\\", "/"));
          return contents === undefined ? undefined : { contents, loader: "js" };
        },
      );
    },
  };
}

/** @param {Bundle} bundle */
function entryFiles({ entry }) {
  return globSync(entry, { cwd: root }).sort();
}

/**
 * @param {Bundle} bundle
 * @param {boolean} production
 * @param {string} dist
 * @returns {esbuild.BuildOptions}
 */
function optionsOf(bundle, production, dist) {
  const css = bundle.out.endsWith(".css");
  const files = entryFiles(bundle);
  return {
    absWorkingDir: root,
    ...(css
      ? {
          stdin: {
            contents: files.map((file) => `@import "./${file.replaceAll("\\", "/")}";`).join("\n"),
            loader: "css",
            resolveDir: root,
          },
        }
      : { entryPoints: files }),
    outfile: path.join(dist, bundle.out),
    bundle: true,
    metafile: true,
    legalComments: production ? "none" : "inline",
    logLevel: "warning",
    sourcemap: production ? false : "linked",
    minify: production,
    keepNames: production && !css,
    ...(bundle.twinned ? { plugins: [twins()] } : {}),
    ...bundle.options,
  };
}

/** Changes whenever the way of building does, so that a stamp of an older way does not count. */
const recipe = createHash("sha256")
  .update(readFileSync(fileURLToPath(import.meta.url)))
  .update(esbuild.version)
  .digest("hex");

/** The same for the step that twins: its sources are a recipe. */
function twinRecipe() {
  const hash = createHash("sha256");
  for (const file of globSync("src/compiler/twins/*.ts", { cwd: root }).sort()) {
    hash.update(readFileSync(path.join(root, file)));
  }
  return hash.digest("hex");
}

/**
 * @param {string} stampFile
 * @returns {Record<string, Stamp>}
 */
function readStamps(stampFile) {
  return existsSync(stampFile) ? JSON.parse(readFileSync(stampFile, "utf8")) : {};
}

/**
 * @param {string} outfile
 * @param {Stamp | undefined} stamp
 * @param {string} key
 */
function isFresh(outfile, stamp, key) {
  return (
    stamp?.key === key &&
    existsSync(outfile) &&
    Object.entries(stamp.inputs).every(
      ([file, print]) => fingerprint(path.join(root, file)) === print,
    )
  );
}

/** @param {string} dist */
function copyFiles(dist) {
  for (const [pattern, folder] of COPIES) {
    for (const file of globSync(pattern, { cwd: root })) {
      const from = path.join(root, file);
      const to = path.join(dist, folder, path.basename(file));
      const [source, target] = [statSync(from), statSync(to, { throwIfNoEntry: false })];
      if (target && target.size === source.size && target.mtimeMs >= source.mtimeMs) continue;
      cpSync(from, to);
    }
  }
}

/** What the compiler reads in a browser, in one file: a hundred requests would take longer than the rest of a first run. */
const LIBRARY = ["node_modules/typescript/lib/lib*.d.ts", "src/std/types/*.d.ts"];

/** @param {string} dist */
function writeLibrary(dist) {
  const files = LIBRARY.flatMap((pattern) => globSync(pattern, { cwd: root })).sort();
  const texts = files.map((file) => [
    path.basename(file),
    readFileSync(path.join(root, file), "utf8"),
  ]);
  const library = JSON.stringify(Object.fromEntries(texts));
  const file = path.join(dist, "web/library.json");
  if (existsSync(file) && readFileSync(file, "utf8") === library) return;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, library);
}

/**
 * The plugin's folder is CommonJS in a project of ES modules, and has the name that the manifest lists.
 * @param {string} dist
 */
function writePluginManifest(dist) {
  const { version, license } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  const manifest = { name: "threadloom-ts-plugin", version, license, main: "index.js" };
  mkdirSync(path.join(dist, "ts-plugin"), { recursive: true });
  writeFileSync(
    path.join(dist, "ts-plugin/package.json"),
    JSON.stringify({ ...manifest, type: "commonjs" }, null, 2) + "\n",
  );
}

/**
 * @param {{ production?: boolean, force?: boolean, dist?: string }} [mode]
 * @returns {Promise<string[]>} the files that went into the bundles
 */
export async function build({ production = false, force = false, dist = DIST } = {}) {
  const started = performance.now();
  mkdirSync(dist, { recursive: true });
  const stampFile = path.join(dist, ".build.json");
  const stamps = force ? {} : readStamps(stampFile);
  const built = await Promise.all(
    BUNDLES.map(async (bundle) => {
      const files = entryFiles(bundle);
      const how = bundle.twinned ? `${recipe} ${twinRecipe()}` : recipe;
      const key = `${how} ${production ? "production" : "development"} ${files.join()}`;
      if (isFresh(path.join(dist, bundle.out), stamps[bundle.out], key)) return false;
      const { metafile } = await esbuild.build(optionsOf(bundle, production, dist));
      const inputs = Object.keys(metafile?.inputs ?? {}).filter((file) => file !== "<stdin>");
      stamps[bundle.out] = {
        key,
        inputs: Object.fromEntries(
          inputs.map((file) => [file, fingerprint(path.join(root, file))]),
        ),
      };
      return true;
    }),
  );
  copyFiles(dist);
  writeLibrary(dist);
  writePluginManifest(dist);
  writeTesting(root, dist);
  writeFileSync(stampFile, JSON.stringify(stamps));
  const count = built.filter(Boolean).length;
  const took = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    count === 0
      ? "build: nothing changed"
      : `build: ${count} of ${BUNDLES.length} bundles in ${took} s`,
  );
  return Object.values(stamps).flatMap(({ inputs }) => Object.keys(inputs));
}

async function watch() {
  mkdirSync(DIST, { recursive: true });
  copyFiles(DIST);
  writeLibrary(DIST);
  writePluginManifest(DIST);
  writeTesting(root, DIST);
  for (const bundle of BUNDLES) {
    const context = await esbuild.context({ ...optionsOf(bundle, false, DIST), logLevel: "info" });
    await context.watch();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const flags = new Set(process.argv.slice(2));
  if (flags.has("--watch")) await watch();
  else await build({ production: flags.has("--production"), force: flags.has("--force") });
}
