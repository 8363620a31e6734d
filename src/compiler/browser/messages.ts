/** What the extension and the compiler's worker in a browser say to each other. Both are built together. */
import type { Compilation } from "../../protocol/program.ts";
import type { Form } from "../compile.ts";
import type { Overlays } from "../project/host.ts";
import type { Fetched, Wanted } from "./virtual-files.ts";

export type ToCompilerWorker =
  /** The first: the texts of TypeScript's `lib*.d.ts` and of our own declarations, by their file names. */
  | { readonly type: "library"; readonly texts: Readonly<Record<string, string>> }
  | {
      readonly type: "compile";
      readonly request: number;
      readonly entry: string;
      readonly overlays: Overlays;
      readonly form: Form;
      /** The name of the folder beyond which nothing is looked for. */
      readonly root: string;
    }
  /** The answer to `wanted`; paths are names again. */
  | { readonly type: "fetched"; readonly request: number; readonly fetched: Fetched };

export type FromCompilerWorker =
  | { readonly type: "wanted"; readonly request: number; readonly wanted: Wanted }
  | { readonly type: "compiled"; readonly request: number; readonly compilation: Compilation }
  /** An exception left the compiler: a mistake of ours. It goes on. */
  | { readonly type: "failed"; readonly request: number; readonly reason: string };
