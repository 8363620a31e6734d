/** The messages between the compiler's client and its worker thread. Both come from one build, so that no version is told. */
import type { Form } from "./compile.ts";
import type { Compilation } from "../protocol/program.ts";
import type { TestFileChange } from "./closures/change.ts";
import type { Overlays } from "./project/host.ts";

/** Given to the worker when it starts. */
export interface ServiceData {
  readonly currentDirectory: string;
  /** Instead of those beside the worker's own file. */
  readonly libraryFolder?: string;
  readonly declarationsFolder?: string;
}

/** The file of a unit test as JavaScript. */
export interface TranspileRequest {
  readonly file: string;
  readonly text: string;
  readonly modules: "esm" | "commonjs";
}

export type ToService =
  | {
      readonly type: "compile";
      readonly request: number;
      readonly entry: string;
      readonly overlays: Overlays;
      readonly form: Form;
    }
  /** What has to be put otherwise in the file of a unit test. */
  | {
      readonly type: "prepare-test";
      readonly request: number;
      readonly file: string;
      readonly text: string;
    }
  | ({ readonly type: "transpile"; readonly request: number } & TranspileRequest)
  /** Loads TypeScript and its libraries, so that the next compilation is a warm one. */
  | { readonly type: "warm"; readonly request: number };

export type FromService =
  | { readonly type: "compiled"; readonly request: number; readonly compilation: Compilation }
  | { readonly type: "test-prepared"; readonly request: number; readonly change: TestFileChange }
  | { readonly type: "transpiled"; readonly request: number; readonly code: string }
  | { readonly type: "warmed"; readonly request: number }
  /** An exception left the compiler: a mistake of ours. It goes on. */
  | { readonly type: "failed"; readonly request: number; readonly reason: string };
