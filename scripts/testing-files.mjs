// What `threadloom/testing` has in dist/ beside its bundles: types for both kinds of modules, and the stand-ins of `threadloom:*`
// that a test's own process loads, one for each module that is declared, with the names that it declares.
import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const MODULE = /^declare module "threadloom:([\w-]+)" \{$([^]*?)^\}$/gm;
const VALUE =
  /^ {2}export (?:declare )?(?:abstract )?(?:class|function|const|let|var|enum) (\w+)/gm;

/**
 * The modules that declaration files declare, each with the names that are there at run time.
 * @param {string} root
 * @returns {Map<string, string[]>}
 */
export function declaredModules(root) {
  /** @type {Map<string, string[]>} */
  const modules = new Map();
  for (const file of globSync("src/std/types/*.d.ts", { cwd: root }).sort()) {
    const text = readFileSync(path.join(root, file), "utf8").replaceAll("\r\n", "\n");
    for (const [, module = "", body = ""] of text.matchAll(MODULE)) {
      const names = [...body.matchAll(VALUE)].map(([, name = ""]) => name);
      modules.set(module, [...new Set([...(modules.get(module) ?? []), ...names])].sort());
    }
  }
  return modules;
}

/**
 * @param {string} root
 * @param {string} dist
 */
export function writeTesting(root, dist) {
  mkdirSync(path.join(dist, "outside"), { recursive: true });
  for (const name of ["testing", "vite"]) {
    const text = readFileSync(path.join(root, `src/testing/types/${name}.d.ts`), "utf8");
    writeFileSync(path.join(dist, `${name}.d.mts`), text);
    if (name === "testing") writeFileSync(path.join(dist, `${name}.d.cts`), text);
  }
  for (const [module, names] of declaredModules(root)) {
    // Exploring is what works here and nowhere else.
    const given = module === "check" ? ["explore"] : [];
    const standIns = names.filter((name) => !given.includes(name));
    const made = (/** @type {string} */ name) => `outside("threadloom:${module}", "${name}")`;
    writeFileSync(
      path.join(dist, `outside/${module}.mjs`),
      [
        'import { outside } from "./outside.mjs";',
        ...standIns.map((name) => `export const ${name} = ${made(name)};`),
        ...given.map((name) => `export { ${name} } from "../testing.mjs";`),
        "",
      ].join("\n"),
    );
    writeFileSync(
      path.join(dist, `outside/${module}.cjs`),
      [
        'const { outside } = require("./outside.cjs");',
        ...standIns.map((name) => `exports.${name} = ${made(name)};`),
        ...given.map((name) => `exports.${name} = require("../testing.cjs").${name};`),
        "",
      ].join("\n"),
    );
  }
}
