/**
 * A program is a module, with or without an import: that is how it is run. TypeScript takes a file without one for a
 * script, and lays all scripts of a folder into one scope; two small programs that both have a `counter` would be errors.
 *
 * Only files that begin with `// @threadloom` are told so, and only where TypeScript makes them: what it knows of every
 * other file stays as it is. The registry through which all projects of a server get their files is not part of its public
 * API; where it is missing nothing happens.
 */
import type ts from "typescript/lib/tsserverlibrary.js";

/** What is used of TypeScript's own objects beyond their declared types. */
interface Inner {
  readonly documentRegistry?: Partial<Record<string, (...taken: unknown[]) => ts.SourceFile>>;
}

interface InnerSourceFile {
  externalModuleIndicator?: ts.Node | true;
  /** There once the binder has been here: then it is too late. */
  readonly locals?: unknown;
}

const MAKERS = [
  "acquireDocument",
  "acquireDocumentWithKey",
  "updateDocument",
  "updateDocumentWithKey",
];
const done = new WeakSet<object>();

/** Idempotent: the registry is one for all projects. Answers whether it could be done. */
export function makeProgramsModules(info: ts.server.PluginCreateInfo, typescript: typeof ts) {
  const { documentRegistry } = info.project.projectService as unknown as Inner;
  if (!documentRegistry) return false;
  if (done.has(documentRegistry)) return true;
  done.add(documentRegistry);
  for (const name of MAKERS) {
    const make = documentRegistry[name]?.bind(documentRegistry);
    if (!make) continue;
    documentRegistry[name] = (...taken) => {
      const file = make(...taken);
      const inner = file as InnerSourceFile;
      if (!inner.externalModuleIndicator && !inner.locals && beginsAsProgram(file, typescript)) {
        inner.externalModuleIndicator = true;
      }
      return file;
    };
  }
  return true;
}

function beginsAsProgram({ text, fileName }: ts.SourceFile, typescript: typeof ts): boolean {
  if (!text.includes("@threadloom") || !/\.[cm]?[tj]sx?$/.test(fileName)) return false;
  const comments = typescript.getLeadingCommentRanges(text, 0) ?? []; // passes over a line `#!`
  return comments.some(({ pos, end }) => /^\/\/\s*@threadloom(?![\w-])/.test(text.slice(pos, end)));
}
