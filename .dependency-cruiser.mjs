// The rooms and the arrows between them (docs/architecture.md). An import that is not allowed here fails
// `npm run layers`; test/layers.test.ts plants one and sees it fail.

/**
 * Which rooms a room may import. A room lists its direct neighbours; what they reach comes with them.
 * @type {Record<string, string[]>}
 */
const ARROWS = {
  base: [],
  codec: ["base"],
  trace: ["codec"],
  objects: ["trace"],
  protocol: ["trace"],
  std: ["objects", "protocol"],
  engine: ["std"],
  compiler: ["std"],
  analysis: ["engine", "compiler"],
  explore: ["analysis"],
  debug: ["explore"],
  language: ["explore"],
  exercises: ["explore"],
  agents: ["explore"],
  testing: ["exercises"],
  cli: ["debug", "language", "exercises", "agents"],
  extension: ["debug", "language", "exercises", "agents"],
};

/** What runs in a browser page takes four rooms, and nothing that they reach. */
const WEBVIEW = ["protocol", "trace", "analysis", "base"];

/** The faces may make the offline report: a pure function from bytes and texts to a page. */
const REPORT = "^webview/(report|report-parts|base64)\\.ts$";

/** Rooms, or single files, that may use Node's own modules; everything else also runs in a browser. */
const ON_NODE = [
  "src/extension/desktop/",
  "src/extension/extension\\.ts$",
  "src/cli/",
  "src/testing/",
  "src/engine/native/",
  "src/explore/node/",
  // The compiler's service, the door to it, and the disk that it sees.
  "src/compiler/(service-worker|client|node-host)\\.ts$",
  // Loaded by tsserver; knows where its own file lies.
  "src/language/ts-plugin/",
];

/**
 * @param {string} room
 * @returns {Set<string>}
 */
function reach(room, seen = new Set([room])) {
  for (const next of ARROWS[room]) {
    if (seen.has(next)) continue;
    seen.add(next);
    reach(next, seen);
  }
  return seen;
}

/** @param {Iterable<string>} rooms */
const between = (rooms) => `^src/(${[...rooms].join("|")})/`;

/** @param {string[]} names  packages, however they are resolved */
const packages = (...names) =>
  names.flatMap((name) => [`^${name}$`, `^${name}/`, `(^|/)node_modules/${name}/`]);

/** @type {import("dependency-cruiser").IForbiddenRuleType[]} */
const arrows = Object.keys(ARROWS).map((room) => ({
  name: `${room}-arrows`,
  comment: `src/${room} imports only what its arrow points to: ${[...reach(room)].join(", ")}`,
  severity: "error",
  from: { path: between([room]) },
  to: {
    path: "^(src|webview|test|bench|scripts)/",
    pathNot: [between(reach(room)), ...(room === "cli" || room === "extension" ? [REPORT] : [])],
  },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    ...arrows,
    {
      name: "known-rooms",
      comment: "every file of src/ lies in one of the rooms",
      severity: "error",
      from: { path: "^src/", pathNot: between(Object.keys(ARROWS)) },
      to: {},
    },
    {
      name: "webview-arrows",
      comment: `webview imports only ${WEBVIEW.join(", ")}`,
      severity: "error",
      from: { path: "^webview/" },
      to: { path: "^(src|test|bench|scripts)/", pathNot: between(WEBVIEW) },
    },
    {
      name: "vscode-only-in-extension",
      severity: "error",
      from: { path: "^(src|webview)/", pathNot: "^src/extension/" },
      to: { path: packages("vscode", "@types/vscode") },
    },
    {
      name: "typescript-only-in-compiler-and-language",
      severity: "error",
      from: { path: "^(src|webview)/", pathNot: "^src/(compiler|language)/" },
      to: { path: packages("typescript") },
    },
    {
      name: "drawing-only-in-webview",
      comment: "what touches the DOM is used in webview/ alone",
      severity: "error",
      from: { path: "^src/" },
      to: { path: packages("d3", "d3-.+", "@types/d3", "preact", "@vscode/codicons") },
    },
    {
      name: "node-only-where-it-runs",
      comment: "the rest of src/ and webview/ runs in a browser as it is",
      severity: "error",
      from: { path: "^(src|webview)/", pathNot: ON_NODE.map((place) => `^${place}`) },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "nothing-of-node-in-the-browser",
      comment: "what begins in a browser reaches neither Node's modules nor what is made for Node",
      severity: "error",
      from: { path: "^src/(extension/web|engine/browser|compiler/browser)/" },
      to: {
        path: ON_NODE.map((place) => `^${place}`),
        reachable: true,
      },
    },
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "resolvable",
      comment: "an import that leads nowhere",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^(vscode|threadloom:[a-z]+)$" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      mainFields: ["module", "main", "types", "typings"],
    },
  },
};
