/**
 * A realm of npm packages within one worker: modules that are loaded while it is entered are evaluated anew, and keep a state of
 * their own. CommonJS goes by Node's table of loaded modules, of which each realm has one; modules of ECMAScript by a query
 * in their URL, which a hook gives to all that a module of the realm imports. Modules of the platform and native addons are
 * shared, as they are among the threads of a process.
 *
 * What is loaded by a URL is never freed, so the numbers of realms come again after `MOST` of them, and with them the modules
 * as they were left. Where Node has no such hooks (before 22.15 and 23.5), only CommonJS has realms.
 */
import { readFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

/** Node's own; `require.cache` is what it was when that `require` was made. */
interface Tables {
  _cache: Record<string, unknown>;
}

const tables = Module as unknown as Tables;
const shared = tables._cache;

const MOST = 256;
const QUERY = "threadloom";
/** What is required by this name is the namespace of the URL that follows. */
const DOOR = "threadloom-package:";

let realms = 0;
/** Its name. */
let entered: string | undefined;

/** Outside of every realm: the worker's own modules. */
export function leaveRealm(): void {
  entered = undefined;
  tables._cache = shared;
}

export class PackageRealm {
  readonly name = String(1 + (realms++ % MOST));
  readonly #cache: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  readonly #require = createRequire(import.meta.url);

  constructor() {
    install();
    for (const [file, module] of Object.entries(shared))
      if (file.endsWith(".node")) this.#cache[file] = module;
  }

  /** Until another one is entered. */
  enter(): void {
    entered = this.name;
    tables._cache = this.#cache;
  }

  /**
   * Enters it. The exports of a CommonJS file, or the namespace of a module; undefined for one that can only be loaded by
   * waiting.
   */
  load(url: string): unknown {
    this.enter();
    try {
      return this.#require(isModule(url) ? doorTo(url, this.name) : fileURLToPath(url));
    } catch (error) {
      if ((error as { code?: unknown }).code === "ERR_REQUIRE_ASYNC_MODULE") return undefined;
      throw error;
    }
  }
}

/** Whether modules of ECMAScript can have realms. */
export const hasHooks = typeof Module.registerHooks === "function";

/** Whether the file is a module of ECMAScript by its name and its package, as Node decides it. */
export function isModule(url: string): boolean {
  const { pathname } = new URL(url);
  if (!pathname.endsWith(".js")) return pathname.endsWith(".mjs");
  const manifest = hasHooks ? Module.findPackageJSON(url) : undefined;
  return manifest !== undefined && isModulePackage(manifest);
}

const kinds = new Map<string, boolean>();

function isModulePackage(manifest: string): boolean {
  let known = kinds.get(manifest);
  if (known === undefined) {
    known = (JSON.parse(readFileSync(manifest, "utf8")) as { type?: unknown }).type === "module";
    kinds.set(manifest, known);
  }
  return known;
}

function inRealm(url: string, realm: string): string {
  const whole = new URL(url);
  if (!whole.searchParams.has(QUERY)) whole.searchParams.set(QUERY, realm);
  return whole.href;
}

const doorTo = (url: string, realm: string): string => DOOR + inRealm(url, realm);

/** Of a module; a CommonJS file has no query, and belongs to the realm that is entered. */
function realmOf(url: string | undefined): string | undefined {
  if (url?.startsWith("file:") !== true) return entered;
  return new URL(url).searchParams.get(QUERY) ?? entered;
}

let installed = false;

function install(): void {
  if (installed || !hasHooks) return;
  installed = true;
  Module.registerHooks({
    resolve(specifier, context, next) {
      if (specifier.startsWith(DOOR))
        return { url: specifier, format: "module", shortCircuit: true };
      const found = next(specifier, context);
      const realm = realmOf(context.parentURL);
      if (realm === undefined || !found.url.startsWith("file:")) return found;
      if (!context.conditions.includes("require"))
        return { ...found, url: inRealm(found.url, realm) };
      return isModule(found.url)
        ? { url: doorTo(found.url, realm), format: "module", shortCircuit: true }
        : found;
    },
    load(url, context, next) {
      if (!url.startsWith(DOOR)) return next(url, context);
      const target = JSON.stringify(url.slice(DOOR.length));
      // By this name `require` is given a module's namespace in place of the one around it.
      const source = `import * as all from ${target};\nexport { all as "module.exports" };`;
      return { format: "module", source, shortCircuit: true };
    },
  });
}
