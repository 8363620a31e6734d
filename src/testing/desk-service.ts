/** Does what tests ask for: compiles programs, has them explored, prepares the files of tests. */
import { createCompilerClient } from "../compiler/client.ts";
import { ExplorerHost } from "../engine/native/explored/host.ts";
import type { Checked } from "../explore/checked.ts";
import { exploreOptions } from "../explore/explore-options.ts";
import {
  readSavedSchedule,
  savedScheduleOf,
  saveSchedule,
  worthSaving,
} from "../explore/node/saved-schedule-file.ts";
import type { DeskAnswer, DeskRequest, Explored } from "./desk-messages.ts";
import { runnerPath } from "../engine/native/runner-path.ts";

type ExploreRequest = DeskRequest & { readonly type: "explore" };

export class DeskService {
  readonly #compiler = createCompilerClient();
  #host: ExplorerHost | undefined;

  async serve(request: DeskRequest): Promise<DeskAnswer> {
    switch (request.type) {
      case "explore":
        return { type: "explored", explored: await this.#explore(request) };
      case "prepare": {
        const { file, text } = request;
        return { type: "prepared", change: await this.#compiler.prepareTest(file, text) };
      }
      case "transpile": {
        const { file, text, modules } = request;
        return {
          type: "transpiled",
          code: await this.#compiler.transpile({ file, text, modules }),
        };
      }
    }
  }

  async #explore(request: ExploreRequest): Promise<Explored> {
    const { file, text, search } = request;
    const began = performance.now();
    const sinceBegan = () => Math.round(performance.now() - began);
    // A process is not worth starting for a file that only prepares tests: it starts while the first program is compiled.
    const host = (this.#host ??= new ExplorerHost({ runnerPath: runnerPath() }));
    void host.warm();
    const overlays = text === undefined ? {} : { [file]: text };
    const compilation = await this.#compiler.compile(file, overlays, undefined, "model");
    const { diagnostics } = compilation;
    if (!compilation.ok) {
      const checked = { file, expected: "ok", diagnostics, durationMs: sinceBegan() };
      return { checked, warnings: [] };
    }
    const { program } = compilation;
    const warnings: string[] = [];
    const kept =
      text === undefined
        ? readSavedSchedule(file, ({ message }) => warnings.push(message))
        : undefined;
    const schedules = kept === undefined ? request.schedules : [...request.schedules, kept];
    const options = exploreOptions(search, program.options, schedules);
    const result = await host.explore({ program, options }).ended;
    const checked: Checked = {
      ...{ file, expected: program.options.expect ?? "ok", diagnostics, result },
      durationMs: sinceBegan(),
    };
    const failure = request.save ? worthSaving(checked) : undefined;
    if (failure === undefined) return { checked, warnings };
    const unsaved = saveSchedule(checked, failure);
    if (unsaved === undefined) return { checked, saved: savedScheduleOf(file), warnings };
    return { checked, warnings: [...warnings, unsaved.message] };
  }
}
