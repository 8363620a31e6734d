/** `threadloom check FILE|DIR…`: explores programs and tells what came of it, on the terminal and in the forms of others. */
import { saveSchedule, savedScheduleOf, worthSaving } from "../explore/node/saved-schedule-file.ts";
import type { ExploreProgress } from "../protocol/explore.ts";
import { checkAll } from "./check/check-all.ts";
import { certificateOf, whyNotCertified, writeCertificate } from "./check/certificate.ts";
import type { CheckedProgram } from "./check/check-program.ts";
import { checkJson } from "../explore/check-json.ts";
import type { Checked } from "../explore/checked.ts";
import { statusOfAll } from "./check/status.ts";
import { seedOf } from "../explore/explore-options.ts";
import { findPrograms } from "./check/programs.ts";
import type { CheckRequest } from "./check/request.ts";
import { whyNotReportable, writeReports } from "./check/reports.ts";
import { ResultKeeper } from "./check/result-keeper.ts";
import { verify } from "./check/verify.ts";
import type { Complaint } from "./complaint.ts";
import type { Exit } from "./exit.ts";
import { readSource } from "./files.ts";
import { listenForInterrupt } from "./interrupt.ts";
import { diagnosticsNearby } from "./nearby.ts";
import { Progress } from "./progress.ts";
import { progressText } from "../explore/tell/progress.ts";
import { renderChecked, renderTally } from "./render/checked.ts";
import { renderDiagnostics } from "./render/diagnostics.ts";
import type { Screen } from "./screen.ts";

const DEFAULT_MEMORY_LIMIT_MEGABYTES = 1024;

export async function check(request: CheckRequest, screen: Screen): Promise<Exit> {
  const { json, search } = request;
  if (request.verify !== undefined) return verify(request, request.verify, screen);
  const unreportable = whyNotReportable(request);
  if (unreportable !== undefined) return screen.refuse(unreportable, json);
  const programs = findPrograms(request.places);
  if ("complaint" in programs) return screen.refuse(programs.complaint, json);
  const keeper = ResultKeeper.open(request);
  if ("complaint" in keeper) return screen.refuse(keeper.complaint, json);

  using interrupt = listenForInterrupt();
  using progress = new Progress(process.stderr);
  const { files, isList } = programs;
  const all: Checked[] = [];
  const whole: CheckedProgram[] = [];
  const told = new Telling(request, screen, isList);
  const where = (file: string) => (isList ? `${all.length + 1}/${files.length} ${file}` : file);
  const warn = (complaint: Complaint) =>
    progress.around(() => screen.complain(complaint, "warning"));
  await checkAll(
    {
      ...{ files, search, jobs: request.jobs },
      memoryLimitBytes:
        (request.memoryLimitMegabytes ?? DEFAULT_MEMORY_LIMIT_MEGABYTES) * (1 << 20),
    },
    {
      compiling: (file) => progress.say(`compiling ${where(file)}`),
      exploring: (file, at: ExploreProgress) =>
        progress.say(`exploring ${where(file)}: ${progressText(at)}`),
      warn,
      known: (...asked) => keeper.known(...asked),
      partsOf: (...asked) => keeper.partsOf(...asked),
      keepParts: (...kept) => keeper.keepParts(...kept),
      checked(program) {
        const { checked, options } = program;
        whole.push(program);
        all.push(checked);
        keeper.keep(checked, options);
        progress.around(() => told.of(checked));
      },
    },
    interrupt.signal,
  );
  progress[Symbol.dispose]();
  const interrupted = interrupt.signal.aborted;
  const status = statusOfAll(all, interrupted);
  const unwritten = [keeper.close(!interrupted), ...writeReports(all, request, status)].find(
    (complaint) => complaint !== undefined,
  );
  told.all(all, files.length);
  const { certificate } = request;
  if (certificate !== undefined && !interrupted) {
    const uncertified = whyNotCertified(whole);
    if (uncertified !== undefined) screen.complain(uncertified, "warning");
    else {
      const unwritable = writeCertificate(certificate, certificateOf(whole, certificate));
      if (unwritable !== undefined) return screen.refuse(unwritable, false);
    }
  }
  if (unwritten !== undefined) return screen.refuse(unwritten, false);
  return status;
}

/** Says each program as it comes. */
class Telling {
  readonly #request: CheckRequest;
  readonly #screen: Screen;
  readonly #isList: boolean;

  constructor(request: CheckRequest, screen: Screen, isList: boolean) {
    this.#request = request;
    this.#screen = screen;
    this.#isList = isList;
  }

  of(checked: Checked): void {
    const { json, search } = this.#request;
    const saved = this.#save(checked);
    if (json) {
      const { strategy } = search;
      return this.#screen.json(checkJson(checked, { strategy, seed: seedOf(search) }));
    }
    this.#diagnostics(checked);
    const { look, paint } = this.#screen.results;
    const shown = { isList: this.#isList, saved, folder: process.cwd() };
    this.#screen.print(renderChecked(checked, shown, look, paint));
  }

  all(all: readonly Checked[], wanted: number): void {
    const { look, paint } = this.#screen.results;
    if (this.#request.json || !this.#isList) return;
    this.#screen.print(["", ...renderTally(all, wanted, look, paint)]);
  }

  /** The schedule file that was written, if it was. */
  #save(checked: Checked): string | undefined {
    const failure = this.#request.save ? worthSaving(checked) : undefined;
    if (failure === undefined) return undefined;
    const unsaved = saveSchedule(checked, failure);
    if (unsaved === undefined) return savedScheduleOf(checked.file);
    this.#screen.complain(unsaved, "warning");
    return undefined;
  }

  #diagnostics({ diagnostics }: Checked): void {
    if (diagnostics.length === 0) return;
    const { look, paint } = this.#screen.errors;
    const shown = diagnosticsNearby(diagnostics, process.cwd());
    const lines = renderDiagnostics(shown, readSource, look, paint);
    process.stderr.write(`${lines.join("\n")}\n\n`);
  }
}
