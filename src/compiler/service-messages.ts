/** The messages between the compiler's client and its worker thread. Both come from one build, so that no version is told. */
import type { Form } from "./compile.ts";
import type { Compilation } from "../protocol/program.ts";
import type { Overlays } from "./project/host.ts";

/** Given to the worker when it starts. */
export interface ServiceData {
  readonly currentDirectory: string;
  /** Instead of those beside the worker's own file. */
  readonly libraryFolder?: string;
  readonly declarationsFolder?: string;
}

export type ToService =
  | {
      readonly type: "compile";
      readonly request: number;
      readonly entry: string;
      readonly overlays: Overlays;
      readonly form: Form;
    }
  /** Loads TypeScript and its libraries, so that the next compilation is a warm one. */
  | { readonly type: "warm"; readonly request: number };

export type FromService =
  | { readonly type: "compiled"; readonly request: number; readonly compilation: Compilation }
  | { readonly type: "warmed"; readonly request: number }
  /** An exception left the compiler: a mistake of ours. It goes on. */
  | { readonly type: "failed"; readonly request: number; readonly reason: string };
