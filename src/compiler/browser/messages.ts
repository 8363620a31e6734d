/** What the extension and the compiler's worker in a browser say to each other. Both are built together. */
import type { FromService, ToService } from "../service-messages.ts";
import type { Fetched, Wanted } from "./virtual-files.ts";

export type ToCompilerWorker =
  /** The first: the texts of TypeScript's `lib*.d.ts` and of our own declarations, by their file names. */
  | { readonly type: "library"; readonly texts: Readonly<Record<string, string>> }
  /** `root`: the name of the folder beyond which nothing is looked for. */
  | { readonly type: "service"; readonly message: ToService; readonly root: string | undefined }
  /** The answer to `wanted`. */
  | { readonly type: "fetched"; readonly fetched: Fetched };

/** Folders and files are named as documents are. */
export type FromCompilerWorker = FromService | { readonly type: "wanted"; readonly wanted: Wanted };
