/**
 * A step session: has the run, does what it is asked (`protocol/step.ts`), tells what changed. Knows no process, no clock and no
 * transport: a worker of the runner or of a browser gives it messages, the model engine, and a way to be heard while it runs.
 */
import type { ThreadId } from "../../base/brand.ts";
import { tell } from "../../base/catalogue/message.ts";
import { STEPPING_MESSAGES as MESSAGES } from "../../base/catalogue/stepping.ts";
import type { CompiledProgram } from "../../protocol/program.ts";
import type {
  Going,
  Happened,
  StepEvent,
  StepReply,
  StepRequest,
  Stopped,
} from "../../protocol/step.ts";
import { STEP_PROTOCOL } from "../../protocol/step.ts";
import type { TraceProblem } from "../../trace/problem.ts";
import { GoingOn } from "./going.ts";
import { assignmentTarget } from "./look/assignment.ts";
import { Refusal, refuse } from "./look/refusal.ts";
import type { StepEngine } from "./engine.ts";
import { MovesDoNotFit } from "./session.ts";
import { Stage } from "./stage.ts";

export interface StepHostParts {
  /** Makes a program ready to be run again and again on the model engine. */
  readonly load: (parts: LoadParts) => Promise<StepEngine>;
  /** On real threads, where there are some. */
  readonly loadNative?: (parts: LoadParts) => StepEngine;
  readonly tell: (event: StepEvent) => void;
  readonly reply: (reply: StepReply) => void;
  /** Whether it has run for so long that others should be heard. Asked often. */
  readonly isDue: () => boolean;
  /** Lets messages come in; from then on it is not due for a while. */
  readonly breathe: () => Promise<void>;
}

export interface LoadParts {
  readonly program: CompiledProgram;
  readonly argv: readonly string[];
  readonly memoryLimitBytes: number;
}

/** How many stretches of a long run go by between two looks at it. */
const STRETCHES = 8;
/** Of so many more threads it is looked at a stretch later. */
const THREADS_A_STRETCH = 100;
const OF_STATEMENTS: ReadonlySet<Going["kind"]> = new Set(["over", "into", "out"]);

export class StepHost {
  readonly #parts: StepHostParts;
  #stage: Stage | undefined;
  #isGoing = false;
  #pause = false;
  /** In stretches, by how many threads there were when it was looked at last. */
  #tellEvery = STRETCHES;

  constructor(parts: StepHostParts) {
    this.#parts = parts;
  }

  /** Never rejects: what goes wrong is the answer. */
  async take(id: number, request: StepRequest): Promise<void> {
    try {
      const answer = await this.#do(request);
      this.#parts.reply({ id, ok: true, answer });
    } catch (error) {
      this.#parts.reply({ id, ok: false, ...toldOf(error) });
    }
  }

  async #do(request: StepRequest): Promise<unknown> {
    if (request.kind === "begin") return this.#begin(request);
    if (request.kind === "pause") {
      this.#pause = this.#isGoing;
      return undefined;
    }
    const stage = this.#stage;
    if (stage === undefined) return refuse(MESSAGES.notBegun, {});
    if (request.kind === "breakpoints") return stage.setBreakpoints(request.lines, request.events);
    if (request.kind === "freeze") return this.#moved(stage, () => stage.freeze(request.threads));
    if (this.#isGoing) return refuse(MESSAGES.notFinished, {});
    switch (request.kind) {
      case "go":
        return this.#go(stage, request.how);
      case "undo":
        return this.#moved(stage, () => stage.undo());
      case "redo":
        return this.#moved(stage, () => stage.redo());
      case "goTo":
        return this.#moved(stage, () => stage.goTo(request.moment));
      case "back":
        return this.#moved(stage, () => stage.back(request.thread, request.to));
      case "restartFrame":
        return this.#moved(stage, () => stage.restartFrame(request.thread, request.frame));
      case "set":
        return this.#moved(stage, () => stage.set(request.of, request.name, request.expression));
      case "frames":
        return stage
          .frames(request.thread)
          .map(({ name, place, isAsync }) => ({ name, place, ...(isAsync && { isAsync }) }));
      case "scopes":
        return stage.scopes(request.thread, request.frame);
      case "children":
        return stage.children(request.of, request.start, request.count);
      case "evaluate":
        return stage.evaluate(request.expression, request.thread, request.frame);
      case "tree":
        return stage.paths.rows(0);
      case "history":
        return stage.history(request.to);
      case "compare":
        return stage.compare(request.one, request.other);
      case "schedule":
        return stage.schedule();
      case "assignment":
        return assignmentTarget(request.expression);
      case "places":
        return stage.places(request.file, request.line, request.endLine);
      case "watch":
        stage.watchesTrace = request.trace;
        this.#tellTrace(stage);
        return undefined;
      case "end":
        stage.end();
        this.#stage = undefined;
        return undefined;
    }
  }

  async #begin(request: Extract<StepRequest, { kind: "begin" }>): Promise<unknown> {
    const { protocol, program, native, schedule, trace } = request;
    if (protocol !== STEP_PROTOCOL) {
      return refuse(MESSAGES.otherProtocol, { own: STEP_PROTOCOL, asked: protocol });
    }
    this.#stage?.end();
    const engine = await this.#load(request, program);
    const { loadNative } = this.#parts;
    const other =
      native === undefined || loadNative === undefined
        ? undefined
        : () => loadNative({ ...request, program: native });
    const logged = (text: string, place: Happened["place"], thread: ThreadId): void => {
      if (place !== undefined) this.#parts.tell({ kind: "logged", text, place, thread });
    };
    const follows = { schedule, trace };
    const stage = (this.#stage = new Stage({ engine, other, follows, logged }));
    const problems = this.#follow(stage);
    this.#tellAll(stage, false);
    return { protocol: STEP_PROTOCOL, problems };
  }

  #follow(stage: Stage): readonly TraceProblem[] {
    try {
      return stage.follow();
    } catch (error) {
      if (!(error instanceof MovesDoNotFit)) throw error;
      return [{ ...lostAt(stage, error), severity: "warning" }];
    }
  }

  #load(parts: LoadParts, program: CompiledProgram): Promise<StepEngine> {
    if (program.form === "model") return this.#parts.load({ ...parts, program });
    const engine = this.#parts.loadNative?.({ ...parts, program });
    return engine === undefined ? refuse(MESSAGES.noRealThreads, {}) : Promise.resolve(engine);
  }

  async #go(stage: Stage, how: Going): Promise<Stopped> {
    if (how.kind === "until" && how.what === "race") this.#fitting(stage, () => stage.watchRaces());
    const drive = new GoingOn(how, stage.goingView(this.#isDue), stage.last);
    const { engine } = stage;
    // Whoever asked for a statement, or came to stand on another engine, is told.
    const told = (stopped: Stopped): Stopped => {
      if (stopped.text !== undefined || stage.engine === "model") return stopped;
      if (engine === "model") return { ...stopped, text: stage.note! };
      if (!OF_STATEMENTS.has(how.kind)) return stopped;
      const { code, message } = tell(MESSAGES.operationsOnly, {});
      return { ...stopped, text: `${code} ${message}` };
    };
    this.#isGoing = true;
    this.#pause = false;
    try {
      for (let stretch = 1; ; stretch++) {
        this.#fitting(stage, () => stage.go(drive));
        const stopped = stage.isOver ? ({ why: "over" } as const) : drive.stopped;
        if (stopped !== undefined) return told(this.#stopped(stage, stopped));
        if (stage.isFull) return this.#stopped(stage, { why: "limit" });
        if (stretch % this.#tellEvery === 0) this.#tellAll(stage, true);
        await this.#parts.breathe();
        if (this.#pause) {
          const stopped = drive.paused((thread) => stage.nameOf(thread));
          return told(this.#stopped(stage, stopped));
        }
        if (this.#stage !== stage) return { why: "over" };
      }
    } finally {
      this.#isGoing = false;
    }
  }

  readonly #isDue = (): boolean => this.#parts.isDue();

  #stopped(stage: Stage, stopped: Stopped): Stopped {
    this.#isGoing = false;
    this.#tellAll(stage, false);
    if (stopped.why !== "blocked" || stopped.thread === undefined) return stopped;
    const text = stage.whyBlocked(stopped.thread) ?? stopped.text;
    return text === undefined ? stopped : { ...stopped, text };
  }

  #moved<T>(stage: Stage, move: () => T): T {
    const answer = this.#fitting(stage, move);
    this.#tellAll(stage, this.#isGoing);
    return answer;
  }

  /** Where the run goes another way than before, it stands elsewhere: all who look are told, and whoever asked is refused. */
  #fitting<T>(stage: Stage, move: () => T): T {
    try {
      return move();
    } catch (error) {
      if (!(error instanceof MovesDoNotFit)) throw error;
      this.#tellAll(stage, false);
      throw new Refusal(lostAt(stage, error));
    }
  }

  #tellAll(stage: Stage, running: boolean): void {
    const output = stage.takeOutput();
    if (output !== undefined) this.#parts.tell(output);
    this.#tellTrace(stage);
    const state = stage.state(running);
    // Telling of many threads takes long: it is done the less often, so that the run gets on.
    this.#tellEvery = Math.max(STRETCHES, Math.ceil(state.threads.length / THREADS_A_STRETCH));
    this.#parts.tell({ kind: "moment", state });
  }

  #tellTrace(stage: Stage): void {
    const trace = stage.takeTrace();
    if (trace !== undefined) this.#parts.tell(trace);
  }
}

function lostAt(stage: Stage, { move }: MovesDoNotFit): ReturnType<typeof tell> {
  return move.edit === undefined
    ? tell(MESSAGES.wentOtherwise, { thread: stage.nameOf(move.thread) })
    : tell(MESSAGES.cannotSetAgain, { edit: move.edit.text });
}

function toldOf(error: unknown): { code: string; message: string; remedy?: string } {
  if (error instanceof Refusal) {
    const { code, message, remedy } = error;
    return { code, message, ...(remedy === undefined ? {} : { remedy }) };
  }
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return tell(MESSAGES.broke, { reason });
}
