/** The run of a step session, and everything that can be done with it and asked of it while it stands still. */
import type { ThreadId } from "../../base/brand.ts";
import { tell } from "../../base/catalogue/message.ts";
import { PROCESS_MESSAGES } from "../../base/catalogue/processes.ts";
import { STEPPING_MESSAGES as MESSAGES } from "../../base/catalogue/stepping.ts";
import type {
  BreakpointState,
  Comparison,
  EventBreakpoint,
  Happened,
  LineBreakpoint,
  MomentId,
  Reference,
  ScopeRow,
  StepEvent,
  StepState,
  Value,
} from "../../protocol/step.ts";
import type { RunResult } from "../../protocol/run.ts";
import type { RecordedInputs } from "../outside/recorded-inputs.ts";
import type { Place } from "../../trace/finding.ts";
import type { TraceProblem } from "../../trace/problem.ts";
import { Standing } from "../model/thread.ts";
import { siteAsPlace } from "../program/names.ts";
import { startsProcesses } from "../program/processes.ts";
import type { Candidate } from "../scheduler.ts";
import {
  type BackView,
  beginningOf,
  lastOperationOf,
  lastWhere,
  type Place as PlaceBack,
  placeBefore,
} from "./backwards.ts";
import type { StepEngine, StepRun, StepView } from "./engine.ts";
import { following, inputsOf, type Follows, spuriousAlong } from "./following.ts";
import type { GoingView } from "./going.ts";
import { races } from "./look/deeds.ts";
import { parse } from "./look/evaluate.ts";
import type { LookedFrame } from "./look/frames.ts";
import { Ledger } from "./look/ledger.ts";
import { refuse } from "./look/refusal.ts";
import { Onlooker } from "./look/onlooker.ts";
import { RunLook } from "./look/view.ts";
import { outcomeOf } from "./outcome.ts";
import { Paths } from "./paths.ts";
import { pictureOf } from "./picture.ts";
import { RacesSoFar } from "./races-so-far.ts";
import { scheduleAlong } from "./schedule-along.ts";
import { SteppingSession } from "./session.ts";
import type { Drive, Stepper } from "./stepper.ts";
import { Stops } from "./stops.ts";
import { turnsOf } from "./turns.ts";

export interface StageParts {
  readonly engine: StepEngine;
  /** Where the first engine cannot follow the program: what goes on with it. Made when it is needed. */
  readonly other?: (() => StepEngine) | undefined;
  /** What the run follows first. */
  readonly follows: Follows;
  readonly logged: (text: string, place: Place | undefined, thread: ThreadId) => void;
}

/** So many moments are kept. */
const MOST_MOMENTS = 2_000_000;
/** How often a thread that is on its way is waited for, on the way that a schedule says. */
const MOST_WAITS = 50;

export class Stage {
  readonly paths: Paths;
  readonly #parts: StageParts;
  readonly #recorded: RecordedInputs | undefined;
  readonly #session: SteppingSession<StepRun>;
  #engine: StepEngine;
  #stops: Stops;
  /** Why the run is on real threads, where it was not from the beginning. */
  #note: string | undefined;
  #frozen: ReadonlySet<ThreadId> = new Set();
  #view!: StepView;
  #look!: RunLook;
  #ledger!: Ledger;
  #visits!: Uint32Array;
  #onlooker!: Onlooker;
  /** What the moves did that a drive is deciding. */
  #doing: Happened[] = [];
  #revision = 0;
  #toldRun: StepRun | undefined;
  #toldLines = 0;
  #toldRows = 0;
  #watchesTrace = false;
  /** From when somebody asks for races. */
  #racesSoFar: RacesSoFar | undefined;
  #watchesRaces = false;
  /** Told of each move that is made again, and how many came before it. */
  #retracing: ((candidate: Candidate, before: number) => void) | undefined;

  constructor(parts: StageParts) {
    this.#parts = parts;
    this.#engine = parts.engine;
    this.#recorded = inputsOf(parts.follows);
    this.#stops = new Stops({
      program: parts.engine.program,
      look: () => this.#look,
      onlooker: () => this.#onlooker,
      logged: parts.logged,
    });
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

  /** Which engine the run is on. */
  get engine(): StepEngine["name"] {
    return this.#engine.name;
  }

  /** Why it is not on the one that it began on. */
  get note(): string | undefined {
    return this.#note;
  }

  /** A thread is on its way and does not come to its next operation. */
  get isMoving(): boolean {
    return this.#session.run.isMoving;
  }

  /** Nothing is asked of it any more. */
  end(): void {
    this.#engine.end();
  }

  #beginRun(stepper: Stepper): StepRun {
    const { program, name } = this.#engine;
    this.#ledger = new Ledger();
    const isNative = name === "native";
    this.#visits = new Uint32Array((isNative ? program.sites : program.points)?.length ?? 0);
    const watch = isNative ? undefined : new RacesSoFar(() => run.inside.words);
    const races = (this.#racesSoFar = this.#watchesRaces ? watch : undefined);
    const run = this.#engine.begin({
      scheduler: (view) => {
        this.#view = view;
        return stepper;
      },
      ...(races === undefined ? {} : { observer: races }),
      watchesRaces: this.#watchesRaces,
      exploring: this.#isExploring,
      spurious: this.#spurious,
      recorded: this.#recorded,
      stopsAt: stepper.stopsAt,
    });
    const look = (this.#look = new RunLook(run.inside));
    stepper.entering = (candidate, isNew, before) => {
      this.#retracing?.(candidate, before);
      if (isNew) this.#doing.push(look.happened(candidate));
      if (isNative && !candidate.timesOut) this.#visits[candidate.site]++;
      this.#ledger.enter(look.looked.words, candidate);
    };
    stepper.visits = this.#visits;
    stepper.onOperationsOnly = isNative;
    this.#onlooker = new Onlooker(program, look);
    return run;
  }

  get #isExploring(): boolean {
    return (this.#parts.follows.schedule ?? this.#parts.follows.trace) !== undefined;
  }

  /** As many as the program's head allows, or as what is followed has. */
  get #spurious(): number {
    return Math.max(this.#engine.program.options.spurious ?? 0, spuriousAlong(this.#parts.follows));
  }

  // ---- moving

  /** As the schedule or trace that it begins with says. Answers where that did not fit. */
  follow(): readonly TraceProblem[] {
    const followed = following(this.#parts.follows, () => this.#view);
    if (followed === undefined) return [];
    for (let waits = 0; waits < MOST_WAITS; waits++) {
      const { engine } = this;
      this.go(followed.drive);
      // Where another engine has taken over, the rest is before it.
      if (engine === this.engine && !this.isMoving) break;
    }
    return followed.problems();
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
    this.#arrive();
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

  /** Back to where the thread stood before, not in calls; to the breakpoint that was passed last; or to the last race. */
  back(thread: ThreadId, to: "statement" | "breakpoint" | "race"): boolean {
    const place = this.#placeBack(thread, to);
    return this.#moved(() => {
      if (place !== undefined) this.#session.backTo(place);
      // Where nothing raced, there is nothing to go back to.
      else if (to !== "race") this.#session.goTo(0 as MomentId);
      return place !== undefined;
    });
  }

  #placeBack(thread: ThreadId, to: "statement" | "breakpoint" | "race"): PlaceBack | undefined {
    const view = this.#backView;
    if (to === "race") {
      this.#watchesRaces = true;
      return lastWhere(view, (candidate) => this.#wouldRace(candidate));
    }
    if (this.engine === "model") return placeBefore(view, thread, to);
    if (to === "statement") return lastOperationOf(view, thread);
    return lastWhere(view, (candidate) => this.#meetsBefore(candidate) !== undefined);
  }

  get #backView(): BackView {
    return {
      moves: this.#session.moves,
      depthOf: (thread) => this.#onlooker.frame(thread)?.depth ?? Infinity,
      offered: this.#session.offered,
      stopsAt: (passed, probe) =>
        this.#stops.meets({ ...passed, probe }, this.#visits[passed.point]) !== undefined,
      retrace: (passed) => this.#session.retrace(passed),
      retraceMoves: (making) => {
        this.#retracing = making;
        this.#session.again();
        this.#retracing = undefined;
      },
    };
  }

  /** Races are asked for: from here on it is known which there are, those before included. */
  watchRaces(): void {
    if (this.#watchesRaces) return;
    this.#watchesRaces = true;
    this.#moved(() => this.#session.again());
  }

  #wouldRace(candidate: Candidate): boolean {
    return (this.#racesSoFar ?? this.#session.run).wouldRace?.(candidate) === true;
  }

  restartFrame(thread: ThreadId, frame: number): void {
    if (this.engine === "native") return refuse(MESSAGES.operationsOnly, {});
    const depth = this.#onlooker.frame(thread, frame)?.depth;
    if (depth === undefined || depth < 0)
      return refuse(MESSAGES.noFrame, { thread: this.nameOf(thread) });
    const first = beginningOf(this.#backView, thread, depth);
    this.#moved(() => {
      if (first !== undefined) this.#session.backTo(first);
    });
  }

  freeze(threads: readonly ThreadId[]): void {
    this.#frozen = new Set(threads);
  }

  set(of: Reference, name: string, expression: string): Value {
    const target = this.#onlooker.target(of, name);
    const { frame, path } = target;
    const evaluation = parse(expression);
    const { depth } = frame;
    const thread = this.#onlooker.threadOf(frame);
    const index = (): number => this.frames(thread).findIndex((one) => one.depth === depth);
    const apply = (): void => {
      this.#onlooker.forget();
      const now = this.#onlooker.frame(thread, index());
      if (now === undefined) return refuse(MESSAGES.noFrame, { thread: this.nameOf(thread) });
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
    try {
      return move();
    } finally {
      this.#onlooker.forget();
      this.#arrive();
    }
  }

  /** The run has come to where it stands. Where its engine cannot follow it any further, another one goes on from here. */
  #arrive(): void {
    const { result, here } = this.#session;
    if (result === undefined) return;
    const { other } = this.#parts;
    if (result.ending.kind === "unmodelled" && this.engine === "model" && other !== undefined) {
      if (!startsProcesses(this.#engine.program)) return this.#goOnWith(other(), result);
      this.#note = noted(tell(PROCESS_MESSAGES.notControlled, {}));
    }
    if (this.paths.outcome(here.id) === undefined) {
      this.paths.ended(here.id, outcomeOf(result, this.#onlooker.named, this.#session.run.lines));
    }
  }

  #goOnWith(engine: StepEngine, { findings }: RunResult): void {
    const reason = findings.findLast(({ kind }) => kind === "limit");
    this.#note = noted(tell(MESSAGES.onRealThreads, { reason: reason?.message ?? "" }));
    this.#engine.end();
    this.#engine = engine;
    this.#stops = this.#stops.on(engine.program);
    this.#moved(() => this.#session.again());
  }

  // ---- stopping

  setBreakpoints(
    lines: readonly LineBreakpoint[],
    events: readonly EventBreakpoint[],
  ): BreakpointState[] {
    const states = this.#stops.set(lines, events);
    if (this.engine === "model") return states;
    const { message } = tell(MESSAGES.operationsOnly, {});
    return states.map((state) => ({ message, ...state }));
  }

  places(file: string, line: number, endLine: number): Place[] {
    return this.#stops.places(file, line, endLine);
  }

  goingView(isDue: () => boolean): GoingView {
    const look = (): RunLook => this.#look;
    const engine = (): StepEngine["name"] => this.engine;
    const began = this.engine;
    return {
      frozen: this.#frozen,
      turns: turnsOf(this.#engine.program.options),
      get hasStatements() {
        return engine() === "model";
      },
      get isElsewhere() {
        return engine() !== began;
      },
      depthOf: (thread) => this.#onlooker.frame(thread)?.depth ?? Infinity,
      nextOf: (thread) => look().threads[thread]?.next,
      lineOf: (site) => siteAsPlace(this.#engine.program, site)?.line,
      hasEnded: (thread) => look().threads[thread]?.standing === Standing.ENDED,
      breakpointsAt: (passing) => this.#stops.meets(passing, this.#visits[passing.point]),
      breakpointsBefore: (candidate) => this.#meetsBefore(candidate),
      eventsAt: (candidate) => this.#stops.eventsAt(candidate),
      isNotable: (what, candidate) => look().isNotable(what, candidate),
      contending: () => look().contending(),
      races: (offered) => races(look().looked, offered),
      wouldRace: (candidate) => this.#wouldRace(candidate),
      // Others can be heard a little later: stopping there would have the session change its engine for nothing.
      isDue: () => isDue() && this.#session.run.canStop,
    };
  }

  whyBlocked(thread: ThreadId): string | undefined {
    const found = this.#look.threads[thread];
    return found && this.#look.thread(found, [], false, this.#ledger, undefined, []).why;
  }

  /** Breakpoints at an operation, where there are no statements to stop before. */
  #meetsBefore({ thread, site, timesOut }: Candidate): readonly number[] | undefined {
    if (timesOut) return undefined;
    this.#onlooker.forget();
    const depth = this.#onlooker.frame(thread)?.depth ?? 0;
    const passing = { thread, point: site, probe: undefined, depth };
    return this.#stops.meets(passing, this.#visits[site] + 1);
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

  /** The text of the schedule that leads here: written down, or the run is made once more from its beginning. */
  schedule(): string {
    const known = this.#session.run.schedule;
    if (known !== undefined) return known;
    const spurious = this.#spurious;
    const choices = { exploring: this.#isExploring, spurious, recorded: this.#recorded };
    const text = scheduleAlong(this.#engine, this.#session.moves, choices);
    this.goTo(this.#session.here.id);
    return text;
  }

  state(running: boolean): StepState {
    const { here, tree, result, offered, run } = this.#session;
    const treeFrom = this.#toldRows;
    this.#toldRows = tree.size;
    return {
      revision: ++this.#revision,
      moment: here.id,
      depth: here.depth,
      canUndo: here.before !== undefined,
      canRedo: tree.canRedo,
      timeNs: run.inside.virtualTime,
      treeFrom,
      tree: this.paths.rows(treeFrom),
      over: result === undefined ? undefined : this.paths.outcome(here.id),
      ...pictureOf({
        ...{ look: this.#look, ledger: this.#ledger, paths: this.paths },
        ...{ here, offered, frozen: this.#frozen },
      }),
      running,
      engine: this.engine,
      ...(this.#note === undefined ? {} : { note: this.#note }),
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
    return this.#watchesTrace ? this.#session.run.takeTrace() : undefined;
  }

  #known(moment: MomentId): void {
    if (moment < 0 || moment >= this.#session.tree.size || !Number.isInteger(moment)) {
      refuse(MESSAGES.unknownMoment, { moment });
    }
  }

  /** What a thread is called. */
  nameOf(thread: ThreadId): string {
    return this.#look.looked.nameOfThread(thread);
  }
}

const noted = ({ code, message }: ReturnType<typeof tell>): string => `${code} ${message}`;
