/**
 * Keeps one page up with one run: tells it the run's state as it changes, and sends the recording's bytes as they come,
 * no faster than the page takes them. Ends when it is disposed; a page that begins anew gets a new one.
 */
import type { Diagnostic } from "../protocol/program.ts";
import type { ToView } from "../protocol/webview.ts";
import { ByteFlow } from "./byte-flow.ts";
import type { Log } from "./log.ts";
import type { Recording } from "./recording.ts";
import { isOver, type RunState } from "./run-state.ts";
import type { ShownRun } from "./shown-run.ts";
import { phaseText } from "./status-text.ts";

const CHUNK = 512 * 1024;
const WINDOW = 4 * 1024 * 1024;

export class RunFeed implements Disposable {
  readonly #run: ShownRun;
  readonly #send: (message: ToView) => void;
  readonly #log: Log;
  readonly #listening: Disposable;
  readonly #flow = new ByteFlow({ chunk: CHUNK, window: WINDOW });
  #told: RunState | undefined;
  #said = "";
  #pumping = false;
  /** The file is gone or too short: what was sent is all that there will be. */
  #unreadable = false;
  #over = false;

  constructor(run: ShownRun, send: (message: ToView) => void, log: Log) {
    this.#run = run;
    this.#send = send;
    this.#log = log;
    this.#listening = run.changed.add((state) => this.#tell(state));
    this.#tell(run.state);
  }

  [Symbol.dispose](): void {
    this.#over = true;
    this.#listening[Symbol.dispose]();
  }

  took(offset: number): void {
    this.#flow.took(offset);
    void this.#pump();
  }

  #tell(state: RunState): void {
    const run = this.#run.id;
    const before = this.#told;
    this.#told = state;
    if (!isOver(state)) this.#status();
    if (state.phase === "failed" && before?.phase !== "failed" && state.diagnostics.length > 0) {
      this.#send({ type: "problems", run, problems: state.diagnostics.map(problemOf) });
    }
    if (state.report && state.report !== before?.report) {
      this.#send({ type: "findings", run, findings: state.report.findings });
    }
    this.#flow.grow(state.bytes);
    void this.#pump();
  }

  /** That a run is over is said when all of its bytes have been: the page then knows that no more come. */
  #status(): void {
    const { phase } = this.#run.state;
    const text = phaseText(this.#run.state);
    if (this.#said === `${phase} ${text}`) return;
    this.#said = `${phase} ${text}`;
    this.#send({ type: "status", run: this.#run.id, phase, text });
  }

  /** Sends as much as the flow allows. It is open only while there is something to read. */
  async #pump(): Promise<void> {
    if (this.#pumping || this.#over || this.#unreadable) return;
    this.#pumping = true;
    let recording: Recording | undefined;
    try {
      for (let chunk; !this.#over && (chunk = this.#flow.next());) {
        recording ??= await this.#run.open();
        const bytes = await recording.read(chunk.offset, chunk.length);
        if (bytes.length < chunk.length) throw new Error("the recording is shorter than was said");
        if (this.#over) break;
        this.#send({ type: "bytes", run: this.#run.id, offset: chunk.offset, bytes });
      }
    } catch (error) {
      this.#unreadable = true;
      this.#log.error(`the recording ${this.#run.tracePath} could not be read`, error);
    } finally {
      this.#pumping = false;
      await recording?.close();
    }
    // While the file was closed more may have come, and another round of this may be at it.
    const complete = !this.#pumping && (this.#flow.isSent || this.#unreadable);
    if (!this.#over && complete && isOver(this.#run.state)) this.#status();
  }
}

function problemOf({ message, file, line, column, code, remedy }: Diagnostic) {
  return { text: message, file, line, column, code, ...(remedy === undefined ? {} : { remedy }) };
}
