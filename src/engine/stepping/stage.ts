/** The run of a step session, and everything that can be done with it and asked of it while it stands still. */
import type { ThreadId } from "../../base/brand.ts";
import { STEPPING_MESSAGES as MESSAGES } from "../../base/catalogue/stepping.ts";
import type { CompiledProgram } from "../../protocol/program.ts";
import type {
  BreakpointState,
  Comparison,
  EventBreakpoint,
  Happened,
  LineBreakpoint,
  MomentId,
  Outcome,
  Reference,
  ScopeRow,
  StepEvent,
  StepState,
  Value,
} from "../../protocol/step.ts";
import type { RunResult } from "../../protocol/run.ts";
import type { Place } from "../../trace/finding.ts";
import { TraceReader } from "../../trace/reader.ts";
import type { TraceProblem } from "../../trace/problem.ts";
import { formatSchedule, parseSchedule } from "../../trace/schedule.ts";
import type { ModelRun, RunChoices } from "../model/run.ts";
import { Standing } from "../model/thread.ts";
import type { ModelView } from "../model/view.ts";
import { ScheduleRecorder } from "../schedule/recorder.ts";
import { ScheduleReplayer } from "../schedule/replayer.ts";
import { TraceOrder } from "../schedule/trace-order.ts";
import type { Candidate } from "../scheduler.ts";
import { Breakpoints } from "./breakpoints.ts";
import type { GoingView } from "./going.ts";
import { classOf, races } from "./look/deeds.ts";
import { parse } from "./look/evaluate.ts";
import type { LookedFrame } from "./look/frames.ts";
import { Ledger } from "./look/ledger.ts";
import { ObjectView } from "./look/objects.ts";
import { refuse } from "./look/refusal.ts";
import { Onlooker } from "./look/onlooker.ts";
import { RunLook } from "./look/view.ts";
import type { Passed } from "./move.ts";
import { Paths } from "./paths.ts";
import { Recording } from "./recording.ts";
import { SteppingSession } from "./session.ts";
import { type Drive, type Passing, Stepper } from "./stepper.ts";

/** A program made ready, run as often as one likes: `Model` is one. */
export interface StageModel {
  begin(choices: RunChoices): ModelRun;
}

export interface StageParts {
  readonly model: StageModel;
  readonly program: CompiledProgram;
  readonly tool: string;
  /** What the run follows first. */
  readonly follows: {
    readonly schedule?: string | undefined;
    readonly trace?: Uint8Array | undefined;
  };
  readonly logged: (text: string, place: Place | undefined, thread: ThreadId) => void;
}

/** So many moments are kept. */
const MOST_MOMENTS = 2_000_000;

export class Stage {
  readonly paths: Paths;
  readonly #parts: StageParts;
  readonly #session: SteppingSession<ModelRun>;
  readonly #breakpoints: Breakpoints;
  #frozen: ReadonlySet<ThreadId> = new Set();
  #view!: ModelView;
  #look!: RunLook;
  #ledger!: Ledger;
  #recording!: Recording;
  #visits!: Uint32Array;
  #onlooker!: Onlooker;
  /** What the moves did that a drive is deciding. */
  #doing: Happened[] = [];
  #revision = 0;
  #toldRun: ModelRun | undefined;
  #toldLines = 0;
  #toldRows = 0;
  #watchesTrace = false;

  constructor(parts: StageParts) {
    this.#parts = parts;
    this.#breakpoints = new Breakpoints(parts.program);
    this.#session = new SteppingSession((stepper) => this.#beginRun(stepper));
    this.paths = new Paths(this.#session.tree);
  }

  set watchesTrace(watches: boolean) {
    this.#watchesTrace = watches;
  }

  get isOver(): boolean {
    return this.#session.result !== undefined;
  }

  get isFull(): boolean {
    return this.#session.tree.size >= MOST_MOMENTS;
  }

  /** Who went last. */
  get last(): ThreadId | -1 {
    return this.#session.moves.at(-1)?.thread ?? -1;
  }

  #beginRun(stepper: Stepper): ModelRun {
    const { model, program, tool, follows } = this.#parts;
    const recording = (this.#recording = new Recording(program, tool));
    this.#ledger = new Ledger();
    this.#visits = new Uint32Array(program.points?.length ?? 0);
    const run = model.begin({
      scheduler: (view) => {
        this.#view = view;
        return stepper;
      },
      exploring: follows.schedule !== undefined || follows.trace !== undefined,
      offersEdges: true,
      stepLimit: Infinity,
      stopsAt: stepper.stopsAt,
      sink: recording,
    });
    const look = (this.#look = new RunLook(run));
    stepper.entering = (candidate, isNew) => {
      if (!isNew) return this.#ledger.enter(look.looked.words, candidate);
      const happened = look.happened(candidate);
      this.#doing.push(happened);
      this.#ledger.enter(look.looked.words, candidate);
    };
    stepper.visits = this.#visits;
    this.#onlooker = new Onlooker(program, look);
    return run;
  }

  // ---- moving

  /** As the schedule or trace that it begins with says. Answers where that did not fit. */
  follow(): readonly TraceProblem[] {
    const { schedule, trace } = this.#parts.follows;
    if (schedule !== undefined) {
      const parsed = parseSchedule(schedule);
      const replayer = new ScheduleReplayer(parsed.schedule, this.#view);
      this.go({
        pick: (candidates, count) => replayer.pickWithin(candidates, count),
        choose: (n) => replayer.choose(n),
        stopsAt: () => false,
      });
      return [...parsed.problems, ...replayer.problems];
    }
    if (trace === undefined) return [];
    const reader = new TraceReader();
    reader.push(trace);
    const order = new TraceOrder(reader.trace, this.#view);
    this.go({
      pick: (candidates, count) => order.pick(candidates, count),
      choose: () => order.choose(),
      stopsAt: () => false,
    });
    return order.problems;
  }

  go(drive: Drive): void {
    this.#doing = [];
    const { tree } = this.#session;
    const from = this.#session.here;
    const moves = this.#session.go(drive);
    this.#onlooker.forget();
    const done = moves.flatMap((move, index) => (move.resumes ? [] : [this.#doing[index]]));
    let at = this.#session.here;
    for (let index = done.length - 1; index >= 0; index--) {
      this.paths.enter(at.id, done[index]);
      if (at.before !== undefined) at = tree.moment(at.before);
    }
    if (at.id !== from.id) throw new Error("the tree has lost its way");
    this.#enterOutcome();
  }

  undo(): boolean {
    return this.#moved(() => this.#session.undo() !== undefined);
  }

  redo(): boolean {
    return this.#moved(() => this.#session.redo() !== undefined);
  }

  goTo(moment: MomentId): void {
    this.#known(moment);
    this.#moved(() => this.#session.goTo(moment));
  }

  /** Back to where the thread stood before, not in calls; or to the breakpoint that was passed last. */
  back(thread: ThreadId, to: "statement" | "breakpoint"): boolean {
    const now = this.#onlooker.frame(thread)?.depth ?? Infinity;
    const here = this.#hereIn(thread);
    let found: Passed | undefined;
    this.#session.retrace((passed, probe) => {
      if (here !== undefined && passed.moves === here.moves && passed.count === here.count) return;
      const isThere =
        to === "statement"
          ? passed.thread === thread && passed.depth <= now
          : this.#meets({ ...passed, probe }) !== undefined;
      if (isThere) found = passed;
    });
    return this.#moved(() => {
      if (found !== undefined) this.#session.backTo(found);
      else this.#session.goTo(0 as MomentId);
      return found !== undefined;
    });
  }

  restartFrame(thread: ThreadId, frame: number): void {
    const depth = this.#onlooker.frame(thread, frame)?.depth;
    if (depth === undefined) return refuse(MESSAGES.noFrame, { thread: this.#nameOf(thread) });
    let first: Passed | undefined;
    this.#session.retrace((passed) => {
      if (passed.thread !== thread) return;
      if (passed.depth < depth) first = undefined;
      else if (passed.depth === depth) first ??= passed;
    });
    this.#moved(() => {
      if (first !== undefined) this.#session.backTo(first);
    });
  }

  freeze(threads: readonly ThreadId[]): void {
    this.#frozen = new Set(threads);
  }

  set(of: Reference, name: string, expression: string): Value {
    const target = this.#onlooker.target(of, name);
    const { frame, of: parent } = target;
    const evaluation = parse(expression);
    const { depth } = frame;
    const thread = this.#onlooker.threadOf(frame);
    const path = parent === undefined ? name : `${parent}.${name}`;
    const index = (): number => this.frames(thread).findIndex((one) => one.depth === depth);
    const apply = (): void => {
      this.#onlooker.forget();
      const now = this.#onlooker.frame(thread, index());
      if (now === undefined) return refuse(MESSAGES.noFrame, { thread: this.#nameOf(thread) });
      this.#onlooker.assign({ ...target, frame: now }, evaluation);
    };
    const text = `sets \`${path}\` to ${expression}`;
    const happened: Happened = { thread, text, place: frame.place };
    const moment = this.#session.change(thread, { text, apply });
    this.paths.enter(moment.id, happened);
    this.#onlooker.forget();
    return this.evaluate(path, thread, index());
  }

  #moved<T>(move: () => T): T {
    const answer = move();
    this.#onlooker.forget();
    this.#enterOutcome();
    return answer;
  }

  #enterOutcome(): void {
    const { result, here } = this.#session;
    if (result !== undefined && this.paths.outcome(here.id) === undefined) {
      this.#recording.end(result);
      this.paths.ended(here.id, this.#outcome(result));
    }
  }

  // ---- stopping

  setBreakpoints(
    lines: readonly LineBreakpoint[],
    events: readonly EventBreakpoint[],
  ): BreakpointState[] {
    return this.#breakpoints.set(lines, events);
  }

  places(file: string, line: number, endLine: number): Place[] {
    return this.#breakpoints.places(file, line, endLine);
  }

  goingView(isDue: () => boolean): GoingView {
    const look = this.#look;
    return {
      frozen: this.#frozen,
      depthOf: (thread) => this.#onlooker.frame(thread)?.depth ?? Infinity,
      hasEnded: (thread) => look.threads[thread]?.standing === Standing.ENDED,
      breakpointsAt: (passing) => this.#meets(passing),
      eventsAt: (candidate) => this.#eventsAt(candidate),
      isNotable: (what, candidate) => look.isNotable(what, candidate),
      contending: () => look.contending(),
      races: (offered) => races(look.looked, offered),
      isDue,
    };
  }

  whyBlocked(thread: ThreadId): string | undefined {
    return this.#stepThread(thread)?.why;
  }

  #meets(passing: Passing): readonly number[] | undefined {
    const armed = this.#breakpoints.at(passing.point);
    if (armed === undefined) return undefined;
    const met: number[] = [];
    for (const { index, asked, condition, log } of armed) {
      if (asked.hits !== undefined && this.#visits[passing.point] !== asked.hits) continue;
      const frame = this.#onlooker.passedFrame(passing);
      if (condition !== undefined && !this.#onlooker.holds(condition, frame)) continue;
      if (log === undefined) met.push(index);
      else this.#parts.logged(this.#onlooker.said(log, frame), frame.place, passing.thread);
    }
    return met.length === 0 ? undefined : met;
  }

  #eventsAt(candidate: Candidate): readonly number[] | undefined {
    if (!this.#breakpoints.hasEvents) return undefined;
    const { looked } = this.#look;
    const on = classOf(looked, candidate);
    if (on === undefined) return undefined;
    const { name } = new ObjectView(looked, candidate.object);
    const met = this.#breakpoints.meeting(on, name, this.#nameOf(candidate.thread));
    return met.length === 0 ? undefined : met;
  }

  // ---- looking

  frames(thread: ThreadId): LookedFrame[] {
    return this.#onlooker.frames(thread);
  }

  scopes(thread: ThreadId, frame: number): ScopeRow[] {
    return this.#onlooker.scopes(thread, frame);
  }

  children(of: Reference, start?: number, count?: number): Value[] {
    return this.#onlooker.children(of, start, count);
  }

  evaluate(expression: string, thread?: ThreadId, frame?: number): Value {
    return this.#onlooker.evaluate(expression, thread, frame);
  }

  history(to: MomentId): Happened[] {
    this.#known(to);
    return this.paths.way(to);
  }

  compare(one: MomentId, other: MomentId): Comparison {
    this.#known(one);
    this.#known(other);
    return this.paths.compare(one, other);
  }

  /** The text of the schedule that leads here: the run is made once more, from its beginning, and written down. */
  schedule(): string {
    let recorder!: ScheduleRecorder;
    const moves = this.#session.moves.filter((move) => !move.resumes && move.edit === undefined);
    const stepper = new Stepper();
    stepper.plan(moves.map((move) => ({ ...move, stops: [] })));
    const run = this.#parts.model.begin({
      scheduler: (view) => (recorder = new ScheduleRecorder(stepper, view)),
      exploring:
        this.#parts.follows.schedule !== undefined || this.#parts.follows.trace !== undefined,
      offersEdges: true,
      stepLimit: Infinity,
    });
    run.go();
    const text = formatSchedule(recorder.schedule);
    this.goTo(this.#session.here.id);
    return text;
  }

  state(running: boolean): StepState {
    const { here, tree, result, offered } = this.#session;
    const look = this.#look;
    const objects = look.objects();
    const holds = new Map<ThreadId, string[]>();
    for (const view of objects) {
      const { holder } = view;
      if (holder === undefined) continue;
      const known = holds.get(holder);
      if (known === undefined) holds.set(holder, [view.name]);
      else known.push(view.name);
    }
    const byThread = groupByThread(offered);
    const lastBy = this.paths.lastBy(here.id);
    const threads = look.threads.map((thread) =>
      look.thread(
        thread,
        byThread.get(thread.id) ?? [],
        this.#frozen.has(thread.id),
        this.#ledger,
        lastBy.get(thread.id),
        holds.get(thread.id) ?? [],
      ),
    );
    const treeFrom = this.#toldRows;
    this.#toldRows = tree.size;
    return {
      revision: ++this.#revision,
      moment: here.id,
      depth: here.depth,
      canUndo: here.before !== undefined,
      canRedo: tree.canRedo,
      timeNs: this.#session.run.virtualTime,
      threads,
      last: this.paths.by(here.id),
      treeFrom,
      tree: this.paths.rows(treeFrom),
      over: result === undefined ? undefined : this.paths.outcome(here.id),
      waits: threads.flatMap(({ id, waitsFor }) => this.#waits(id, waitsFor)),
      objects: objects
        .filter((view) => view.isNamed)
        .map((view) => look.object(view, this.#ledger.touched)),
      running,
    };
  }

  takeOutput(): StepEvent | undefined {
    const { run } = this.#session;
    const from = run === this.#toldRun ? this.#toldLines : 0;
    const { lines } = run;
    const isSame = run === this.#toldRun || (this.#toldLines === 0 && lines.length === 0);
    this.#toldRun = run;
    this.#toldLines = lines.length;
    if (isSame && lines.length === from) return undefined;
    return { kind: "output", from, lines: lines.slice(from) };
  }

  takeTrace(): StepEvent | undefined {
    return this.#watchesTrace ? this.#recording.take() : undefined;
  }

  #waits(from: ThreadId, waitsFor: readonly ThreadId[]): StepState["waits"] {
    const { object } = this.#look.threads[from].next;
    const name = object === 0 ? "" : new ObjectView(this.#look.looked, object).name;
    return waitsFor.map((to) => ({ from, to, object: name }));
  }

  #outcome({ ending, findings }: RunResult): Outcome {
    return {
      ending: ending.kind,
      findings,
      shared: this.#onlooker.named
        .filter(({ kind }) => kind.name === "cell" || kind.name === "atomic")
        .map(({ name, text }) => ({ name, text })),
      output: this.#session.run.lines.map(({ text }) => text),
    };
  }

  #stepThread(thread: ThreadId): StepState["threads"][number] | undefined {
    const found = this.#look.threads[thread];
    return found && this.#look.thread(found, [], false, this.#ledger, undefined, []);
  }

  /** Where the thread is paused within its code, if it is. */
  #hereIn(thread: ThreadId): Pick<Passed, "moves" | "count"> | undefined {
    const { moves, offered } = this.#session;
    const isPaused = offered.some((one) => one.thread === thread && one.object === 0);
    const last = moves.at(-1);
    if (!isPaused || last === undefined || last.stops.length === 0) return undefined;
    return { moves: moves.length, count: last.stops.at(-1)! };
  }

  #known(moment: MomentId): void {
    if (moment < 0 || moment >= this.#session.tree.size || !Number.isInteger(moment)) {
      refuse(MESSAGES.unknownMoment, { moment });
    }
  }

  #nameOf(thread: ThreadId): string {
    return this.#look.looked.nameOfThread(thread);
  }
}

function groupByThread(offered: readonly Candidate[]): Map<ThreadId, Candidate[]> {
  const groups = new Map<ThreadId, Candidate[]>();
  for (const candidate of offered) {
    const known = groups.get(candidate.thread);
    if (known === undefined) groups.set(candidate.thread, [candidate]);
    else known.push(candidate);
  }
  return groups;
}
