/**
 * A plugin for TypeScript's server: `import … from "threadloom:std"` has types, hovers and definitions in every folder,
 * with nothing installed or written there, and a program without imports is the module that it is run as.
 *
 * The modules are ambient ones (`declare module "threadloom:std"`), in files that lie beside the plugin. An import of one
 * is resolved to its file, which brings the file into the project; the checker then finds the ambient module by its name.
 * What else the declarations need (`Disposable`, which a project without configuration may lack) they reference
 * themselves.
 *
 * Left out: annotations. They are the language server's, which also serves editors without this plugin.
 */
import { fileURLToPath } from "node:url";
import type ts from "typescript/lib/tsserverlibrary.js";
import { makeProgramsModules } from "./programs.ts";
import { resolveThreadloom } from "./resolution.ts";

/** TypeScript's server wants a function as the whole of the module: the build sees to it. */
export default function init({
  typescript,
}: {
  readonly typescript: typeof ts;
}): ts.server.PluginModule {
  const folder = fileURLToPath(new URL("./types/", import.meta.url));
  return {
    create(info) {
      const names = resolveThreadloom(info, typescript, folder);
      const modules = makeProgramsModules(info, typescript);
      info.project.projectService.logger.info(
        `threadloom: ${names.join(", ")} from ${folder}; programs ${modules ? "are modules" : "stay scripts"}`,
      );
      return info.languageService;
    },
  };
}
