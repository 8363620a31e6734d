/** Lays the resolution of `threadloom:*` over a project's own. */
import type ts from "typescript/lib/tsserverlibrary.js";

const DECLARED = /^declare module "(threadloom:[\w-]+)"/gm;

/** Which file declares which module, told by the files themselves. */
function readModules(
  folder: string,
  host: Pick<ts.server.ServerHost, "readDirectory" | "readFile">,
): Map<string, string> {
  const modules = new Map<string, string>();
  for (const file of host.readDirectory(folder, [".d.ts"], undefined, ["*"])) {
    const text = host.readFile(file) ?? "";
    for (const [, name] of text.matchAll(DECLARED)) if (name) modules.set(name, file);
  }
  return modules;
}

/** Changes how the project's host resolves imports. Gives the names that it now knows. */
export function resolveThreadloom(
  info: ts.server.PluginCreateInfo,
  typescript: typeof ts,
  folder: string,
): string[] {
  const modules = readModules(folder, info.serverHost);
  const host = info.languageServiceHost;
  const inherited = host.resolveModuleNameLiterals?.bind(host);

  host.resolveModuleNameLiterals = (literals, containing, redirect, options, source, reused) => {
    const others = literals.filter(({ text }) => !modules.has(text));
    const resolved =
      inherited?.(others, containing, redirect, options, source, reused) ??
      others.map((literal) => {
        const mode = typescript.getModeForUsageLocation(source, literal, options);
        return typescript.resolveModuleName(
          literal.text,
          containing,
          options,
          info.serverHost,
          undefined,
          redirect,
          mode,
        );
      });
    let next = 0;
    return literals.map(({ text }) => {
      const file = modules.get(text);
      return file === undefined ? resolved[next++] : { resolvedModule: declaration(file) };
    });

    function declaration(resolvedFileName: string): ts.ResolvedModuleFull {
      const extension = typescript.Extension.Dts;
      return { resolvedFileName, extension, isExternalLibraryImport: true };
    }
  };
  return [...modules.keys()];
}
