/** Loads and transforms: program text in, compiled program or diagnostics out. Knows no process and no disk. */
import type { Compilation } from "../protocol/program.ts";
import type { TestFileChange } from "./closures/change.ts";
import { transpile } from "./closures/transpile.ts";
import { prepareTestFile } from "./closures/test-file.ts";
import { compile, type Form } from "./compile.ts";
import { crossingHints } from "./crossing-hints.ts";
import type { TranspileRequest } from "./service-messages.ts";
import type { Overlays, ProjectHost } from "./project/host.ts";
import { createProject } from "./project/project.ts";

export interface CompilerService {
  /** Time depends on what changed since the last time: some 20 ms for a file of a hundred lines that was edited. */
  compile(entry: string, overlays?: Overlays, form?: Form): Compilation;
  /** What has to be put otherwise in the file of a unit test that explores functions. */
  prepareTest(file: string, text: string): TestFileChange;
  /** JavaScript, for a test runner that takes nothing else. */
  transpile(request: TranspileRequest): string;
  /** Loads the libraries that every program needs. */
  warm(): void;
}

/** Small, and yet takes most ways that real programs take. */
const WARMING = `// @threadloom
import { Mutex, spawn } from "threadloom:std";
const lock = new Mutex([0]);
const threads = [1, 2].map((n) => spawn(() => { using held = lock.lock(); held.value.push(n); }));
for (const thread of threads) thread.join();
console.log(threads.length);
`;

export function createService(host: ProjectHost): CompilerService {
  const project = createProject(host);
  const service: CompilerService = {
    compile(entry, overlays, form = "native") {
      const loading = project.load(entry, overlays);
      if (!loading.ok) return loading;
      const compilation = compile(loading.loaded, { form });
      // The other forms are for engines alone: an editor asks for this one.
      return form === "native"
        ? { ...compilation, crossings: crossingHints(loading.loaded) }
        : compilation;
    },
    prepareTest: prepareTestFile,
    transpile: ({ file, text, modules }) => transpile(file, text, modules),
    warm() {
      const entry = "threadloom:warming";
      service.compile(entry, { [entry]: WARMING });
    },
  };
  return service;
}
