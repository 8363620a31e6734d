/** The modules that programs import as `threadloom:…`: what each exports is declared in `types/`, in a file of its name. */
import { ACTORS } from "./actors/index.ts";
import { ASYNC } from "./async/index.ts";
import { CHECK } from "./check/index.ts";
import { COLLECTIONS } from "./collections/index.ts";
import { STD } from "./index.ts";

export const LIBRARY: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "threadloom:std": STD,
  "threadloom:async": ASYNC,
  "threadloom:collections": COLLECTIONS,
  "threadloom:actors": ACTORS,
  "threadloom:check": CHECK,
};

/** Functions and classes that cross between threads by their place here, the same in every thread of a run. */
export const LIBRARY_CODE: readonly Function[] = Object.values(LIBRARY).flatMap((module) =>
  Object.values(module).filter((value) => typeof value === "function"),
);
