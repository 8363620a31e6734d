/**
 * What all executions together have shown: the ways in which the program ends, and what went wrong, each with the execution
 * that shows it best.
 */
import { type Access, DataRaces, type DataRace } from "../trace/data-races.ts";
import { Guards, HeldLocks } from "../trace/guards.ts";
import { type HappenedEvent, HappensBefore } from "../trace/happens-before.ts";
import { type RaceAccess, raceFinding } from "../analysis/raced.ts";
import { unguardedFinding } from "../analysis/unguarded.ts";
import { listed } from "../analysis/words.ts";
import { EXPLORE_MESSAGES } from "../base/catalogue/explore.ts";
import { tell } from "../base/catalogue/message.ts";
import { nameOfObject, placeOfSite, siteAsPlace } from "../engine/program/names.ts";
import { cell } from "../objects/cell.ts";
import { channel, ChannelWord } from "../objects/channel.ts";
import { console_ } from "../objects/console.ts";
import { KINDS } from "../objects/kinds.ts";
import { BLOCKED, type ObjectKind } from "../objects/object.ts";
import { thread as threadKind } from "../objects/thread.ts";
import { threadLocal } from "../objects/thread-local.ts";
import type { SiteId, ThreadId } from "../base/brand.ts";
import type { RunResult } from "../protocol/run.ts";
import type { Finding, Place } from "../trace/finding.ts";
import { EventKind } from "../trace/event.ts";
import type { Execution } from "./execution.ts";
import { type EndState, endStateOf } from "./outcome.ts";
import { starvationFinding } from "./starving.ts";
import type { ExploredStep, Move, Thing } from "./step.ts";

export interface Ending {
  readonly state: EndState;
  count: number;
  /** Of the first execution that ended so. */
  readonly moves: readonly Move[];
}

/** Something that went wrong, with the best execution that shows it. */
export interface Shown {
  finding: Finding;
  moves: readonly Move[];
  switches: number;
}

export class Collector {
  readonly endings = new Map<string, Ending>();
  readonly shown = new Map<string, Shown>();
  /** Who may starve, each with the executions up to where it shows. */
  readonly starved = new Map<string, Shown>();
  /** Of all executions. */
  steps = 0;
  /** Whether in some execution two threads touched the same thing. */
  met = false;
  readonly #perThreadOutput: boolean;
  readonly #order = new HappensBefore();
  readonly #races = new DataRaces(this.#order);
  readonly #held = new HeldLocks();
  #guards: Guards | undefined;
  /** By the sites of two accesses: the key of the finding that they race. */
  readonly #keys = new Map<number, string>();

  constructor(perThreadOutput: boolean) {
    this.#perThreadOutput = perThreadOutput;
  }

  /** Takes an execution that came to its end. Answers whether something graver than a race went wrong in it. */
  take(execution: Execution, result: RunResult): boolean {
    this.steps += execution.steps.length;
    // Who is stuck waits for somebody.
    this.met ||= result.ending.kind === "stuck" || doMeet(execution.steps);
    const { kind } = result.ending;
    if (kind === "finished" || kind === "exited") this.#ended(execution);
    const errors = result.findings.filter(({ severity }) => severity === "error");
    for (const finding of errors) this.#show(finding, execution);
    this.#judge(execution);
    this.#warn(execution);
    return errors.some(({ kind }) => kind !== "race");
  }

  /** Takes an execution in which nobody is left but threads that wait by looking. */
  takeLivelock(execution: Execution): boolean {
    this.steps += execution.steps.length;
    this.met = true;
    this.#show(livelockFinding(execution), execution);
    this.#judge(execution);
    this.#warn(execution);
    return true;
  }

  #warn(execution: Execution): void {
    const { program } = execution.model.inside;
    for (const one of execution.starved) {
      const finding = starvationFinding(program, execution.run.names, one);
      const moves = movesOf(execution).slice(0, one.made);
      const known = this.starved.get(keyOf(finding));
      const isShorter = known === undefined || moves.length < known.moves.length;
      if (isShorter)
        this.starved.set(keyOf(finding), { finding, moves, switches: switchesIn(moves) });
    }
  }

  /** What went wrong is shown by this execution. */
  showBy(finding: Finding, moves: readonly Move[]): void {
    this.shown.set(keyOf(finding), { finding, moves, switches: switchesIn(moves) });
  }

  #ended(execution: Execution): void {
    const state = endStateOf(execution, this.#perThreadOutput);
    const key = JSON.stringify(state);
    const known = this.endings.get(key);
    if (known !== undefined) known.count++;
    else this.endings.set(key, { state, count: 1, moves: movesOf(execution) });
  }

  #show(finding: Finding, execution: Execution): void {
    const key = keyOf(finding);
    const switches = switchesIn(execution.steps);
    const known = this.shown.get(key);
    if (known !== undefined && known.switches <= switches) return;
    this.shown.set(key, { finding, moves: movesOf(execution), switches });
  }

  /** The same race is in most executions: it is put into words only where this one shows it better. */
  #showRace(race: DataRace, execution: Execution): void {
    const pair = race.first.site * 2 ** 20 + race.second.site;
    const known = this.shown.get(this.#keys.get(pair) ?? "");
    if (known !== undefined && known.switches <= switchesIn(execution.steps)) return;
    const finding = findingOf(execution, race);
    this.#keys.set(pair, keyOf(finding));
    this.#show(finding, execution);
  }

  /** What the engine cannot know: what orders what, and who should have held what. */
  #judge(execution: Execution): void {
    // Only plain shared memory can be raced for or be guarded.
    if (!execution.steps.some(({ thing }) => thing?.kind === cell)) return;
    this.#order.reset();
    this.#races.reset();
    this.#held.reset();
    const guards = (this.#guards ??= new Guards(execution.model.inside.program.sites));
    const take = (event: HappenedEvent): void => {
      this.#order.take(event);
      this.#held.take(event);
    };
    for (const step of execution.steps) {
      // What others' operations came to comes first where they handed something over.
      const given = step.joined?.filter(({ event }) => event === EventKind.send) ?? [];
      const taken = step.joined?.filter(({ event }) => event !== EventKind.send) ?? [];
      const partner = step.partner?.key ?? 0;
      for (const { id, event, argument, on } of given) {
        this.#takeCapacity(on);
        take({ thread: id, kind: event, object: on.key, argument, partner });
      }
      if (!step.noted && step.thing !== undefined) {
        const { id, event, argument, site, thing } = step;
        this.#takeCapacity(thing);
        const happened = { thread: id, kind: event, object: thing.key, argument, partner };
        take(happened);
        const race = this.#races.take(happened, site);
        if (race !== undefined) this.#showRace(race, execution);
        const lock = thing.kind === cell ? guards.lockOf(thing.site) : 0;
        if (lock !== 0 && !this.#holds(execution, id, lock, event === EventKind.write))
          this.#show(unguardedIn(execution, step, lock), execution);
      }
      for (const { id, thing, result, event, argument, looks } of step.parts ?? []) {
        // What a step came to for another's select is told of who was joined.
        if (looks || result === BLOCKED || id !== step.id) continue;
        this.#takeCapacity(thing);
        take({ thread: id, kind: event, object: thing.key, argument, partner: 0 });
      }
      for (const { id, event, argument, on } of taken) {
        take({ thread: id, kind: event, object: on.key, argument, partner });
      }
    }
  }

  #holds({ steps }: Execution, thread: ThreadId, lock: number, toWrite: boolean): boolean {
    const isLock = (key: number): boolean => thingOf(steps, key)?.site === lock;
    return this.#held.holds(thread, isLock, toWrite);
  }

  /** A channel's, before its first message. */
  #takeCapacity({ key, kind, words }: Thing): void {
    if (kind !== channel) return;
    const argument = words[ChannelWord.CAPACITY];
    if (argument < 0) return;
    this.#order.take({ thread: 0, kind: EventKind.capacity, object: key, argument, partner: 0 });
  }
}

/** Whether two findings tell of the same thing, in whatever executions. */
export function isSameFailure(one: Finding, other: Finding): boolean {
  return keyOf(one) === keyOf(other);
}

/** Races of two lines are one, however often these access what they share. */
function keyOf({ kind, code, sites }: Finding): string {
  const places = sites.map(({ file, line, column }) =>
    kind === "race" ? `${file}:${line}` : `${file}:${line}:${column}`,
  );
  return [kind, code, ...places.toSorted()].join(" ");
}

export function movesOf({ steps }: Execution): readonly Move[] {
  return steps.map(({ thread, timesOut, wakes, chosen }) =>
    wakes ? { thread, timesOut, wakes, chosen } : { thread, timesOut, chosen },
  );
}

/** How often another thread went on than the one before. */
export function switchesIn(steps: readonly Move[]): number {
  let switches = 0;
  for (let index = 1; index < steps.length; index++) {
    if (steps[index].thread !== steps[index - 1].thread) switches++;
  }
  return switches;
}

/** Of an execution that was broken off since nothing would change any more. */
export function livelockFinding(execution: Execution): Finding {
  const { program } = execution.model.inside;
  const { names } = execution.run;
  const spinners = execution.spinners();
  const at = (site: SiteId): string => placeOfSite(program, site) || "an unknown place";
  const sites = spinners
    .map(({ site }) => siteAsPlace(program, site))
    .filter((one): one is Place => one !== undefined);
  return {
    kind: "livelock",
    severity: "error",
    sites,
    threads: spinners.map(({ id }) => id),
    ...tell(EXPLORE_MESSAGES.livelock, {
      threads: listed(spinners.map(({ id }) => names[id])),
      story: listed(spinners.map(({ id, site }) => `${names[id]} goes round at ${at(site)}`)),
    }),
  };
}

function findingOf(execution: Execution, { object, first, second }: DataRace): Finding {
  const { program, memory } = execution.model.inside;
  const thing = thingOf(execution.steps, object)!;
  const { names } = execution.run;
  const accessOf = ({ thread, writes, site }: Access): RaceAccess => ({
    thread: names[thread],
    writes,
    place: placeOfSite(program, site as SiteId) || "an unknown place",
  });
  const sites = [first.site, second.site]
    .map((site) => siteAsPlace(program, site))
    .filter((one): one is Place => one !== undefined);
  return raceFinding(
    nameOfObject(program, memory.words, thing.at, KINDS),
    [accessOf(first), accessOf(second)],
    { sites, threads: [first.thread, second.thread] as ThreadId[] },
  );
}

function unguardedIn(execution: Execution, step: ExploredStep, lock: number): Finding {
  const { program, memory } = execution.model.inside;
  const { thing, id, event, site } = step;
  const place = siteAsPlace(program, site);
  return unguardedFinding(
    {
      ...{ thread: execution.run.names[id], writes: event === EventKind.write },
      variable: nameOfObject(program, memory.words, thing!.at, KINDS),
      place: placeOfSite(program, site) || "an unknown place",
      lock: program.sites[lock]?.name ?? "its lock",
    },
    { sites: place === undefined ? [] : [place], threads: [id] },
  );
}

function thingOf(steps: readonly ExploredStep[], key: number): Thing | undefined {
  return steps.find(({ thing }) => thing?.key === key)?.thing;
}

/** Starting, joining and printing are none, and of a thread-local each thread has its own. */
const NO_MEETING: ReadonlySet<ObjectKind> = new Set([threadKind, console_, threadLocal]);

/** Whether two threads touch the same thing. */
function doMeet(steps: readonly ExploredStep[]): boolean {
  const touchedBy = new Map<number, number>();
  let seenBy = -1;
  const meets = (thing: Thing, thread: number): boolean => {
    if (NO_MEETING.has(thing.kind)) return false;
    const first = touchedBy.get(thing.key);
    if (first === undefined) touchedBy.set(thing.key, thread);
    return first !== undefined && first !== thread;
  };
  return steps.some(({ thing, thread, joined, parts, seen, event }) => {
    if (joined !== undefined || event === EventKind.unpark) return true;
    if (seen && seenBy >= 0 && seenBy !== thread) return true;
    if (seen) seenBy = thread;
    if (parts?.some((part) => meets(part.thing, thread)) === true) return true;
    return thing !== undefined && meets(thing, thread);
  });
}
