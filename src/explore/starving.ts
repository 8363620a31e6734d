/**
 * Threads that may be passed over for ever: on a fair cycle, in which nobody who could go on all the time is left out, others
 * take what such a thread wants and give it back, again and again, and it is never the one that gets it. Locks barge
 * (SEMANTICS, Primitives), so no rule but luck ends that: a warning.
 *
 * Two things show it: a cycle that came up while the thread stood there (`circling.ts`), and one that a single thread has made
 * before, of which it is known what it held meanwhile: nobody cares whether the other one stood there already.
 *
 * Left out: who waits for a message, a time, another thread: they wait for something to happen, not for a turn.
 */
import type { Address, SiteId, ThreadId } from "../base/brand.ts";
import { EXPLORE_MESSAGES } from "../base/catalogue/explore.ts";
import { tell } from "../base/catalogue/message.ts";
import { listed } from "../analysis/words.ts";
import { placeOfSite, siteAsPlace } from "../engine/program/names.ts";
import type { Candidate } from "../engine/scheduler.ts";
import { channel, ChannelOperation, ChannelWord } from "../objects/channel.ts";
import { mutex } from "../objects/mutex.ts";
import { Outlook } from "../objects/object.ts";
import { rwlock } from "../objects/rwlock.ts";
import { semaphore } from "../objects/semaphore.ts";
import type { CompiledProgram } from "../protocol/program.ts";
import type { Finding, Place } from "../trace/finding.ts";
import type { ExploredStep, Key, Thing } from "./step.ts";
import type { Glimpse, Turn } from "./turns.ts";

/** What a thread would do next. */
export type Wanting = Pick<Candidate, "thread" | "object" | "operation" | "a" | "b" | "site">;

/** Steps after which all is as it was before them. */
export interface Cycle {
  readonly steps: readonly ExploredStep[];
}

/** A thread that may starve, and by whom. */
export interface Starved {
  readonly thread: ThreadId;
  readonly thing: Thing;
  readonly site: SiteId;
  readonly by: readonly ThreadId[];
  /** Where they take what it wants. */
  readonly bySite: SiteId;
  /** How many steps were made until it could be seen. */
  readonly made: number;
}

/** The cycle of one thread. */
interface Circle {
  readonly glimpses: readonly Glimpse[];
  readonly site: ReadonlyMap<Key, SiteId>;
}

export interface StarvingParts {
  readonly thingAt: (object: Address) => Thing | undefined;
  readonly nextOf: (thread: ThreadId) => Wanting | undefined;
  readonly steps: readonly ExploredStep[];
}

export class Starving {
  readonly #parts: StarvingParts;
  /** By thread. */
  readonly #circles: (Circle | undefined)[] = [];
  #found: Starved[] = [];

  constructor(parts: StarvingParts) {
    this.#parts = parts;
  }

  reset(): void {
    this.#circles.length = 0;
    this.#found = [];
  }

  get found(): readonly Starved[] {
    return this.#found;
  }

  /** The thread has gone round alone, and all is as it was before that turn. */
  goesRound(thread: ThreadId, { glimpses }: Turn): void {
    const site = new Map<Key, SiteId>();
    const { steps } = this.#parts;
    for (const { thing } of glimpses) site.set(thing.key, siteOfTaking(steps, [thread], thing));
    this.#circles[thread] = { glimpses, site };
  }

  /** A cycle of others has come to its end without the thread, which could not go on all the while. */
  passedOver(thread: ThreadId, { steps }: Cycle): void {
    const wanting = this.#parts.nextOf(thread);
    const thing = wanting && this.#wanted(wanting);
    if (wanting === undefined || thing === undefined) return;
    const by = [...new Set(steps.map(({ id }) => id))].sort((one, other) => one - other);
    this.#add(wanting, thing, by, siteOfTaking(steps, by, thing));
  }

  /** Who could go on now, those left out that wait by looking or go round. `waits`: whether a thread does. */
  offers(offered: readonly Candidate[], waits: (thread: ThreadId) => boolean): void {
    if (offered.length === 0 || this.#circles.length === 0) return;
    const starved: (() => void)[] = [];
    for (const one of offered) {
      const thing = one.timesOut ? undefined : this.#wanted(one);
      const by = thing && this.#circleAround(one, thing, waits);
      if (by === undefined) return;
      starved.push(() => this.#add(one, thing!, [by.thread], by.site));
    }
    for (const add of starved) add();
  }

  #circleAround(
    { thread, operation, a, b }: Candidate,
    { key }: Thing,
    waits: (thread: ThreadId) => boolean,
  ): { readonly thread: ThreadId; readonly site: SiteId } | undefined {
    for (const [index, circle] of this.#circles.entries()) {
      const other = index as ThreadId;
      if (circle === undefined || other === thread || !waits(other)) continue;
      const isHeldUp = circle.glimpses.some(({ thing, words }) => {
        if (thing.key !== key || thing.kind === rwlock) return false;
        return thing.kind.outlook(words, 0 as Address, operation, a, b) === Outlook.WAITS;
      });
      if (isHeldUp) return { thread: other, site: circle.site.get(key)! };
    }
    return undefined;
  }

  /** What the thread waits for its turn to have; undefined: it waits for something else, or does not wait. */
  #wanted({ object, operation }: Wanting): Thing | undefined {
    const thing = this.#parts.thingAt(object);
    if (thing?.kind.operations[operation].waiting === undefined) return undefined;
    const { kind, words } = thing;
    if (kind === mutex || kind === rwlock || kind === semaphore) return thing;
    const hasSlots = kind === channel && words[ChannelWord.CAPACITY] > 0;
    return hasSlots && operation === ChannelOperation.SEND ? thing : undefined;
  }

  #add({ thread, site }: Wanting, thing: Thing, by: readonly ThreadId[], bySite: SiteId): void {
    const isKnown = this.#found.some(
      (one) => one.thread === thread && one.thing === thing && one.site === site,
    );
    if (isKnown) return;
    this.#found.push({ thread, thing, site, by, bySite, made: this.#parts.steps.length });
  }
}

/** Where these have it first, among the steps. */
function siteOfTaking(
  steps: readonly ExploredStep[],
  threads: readonly ThreadId[],
  { key }: Thing,
): SiteId {
  const took = steps.find(({ id, thing }) => thing?.key === key && threads.includes(id));
  return took?.site ?? (0 as SiteId);
}

export function starvationFinding(
  program: CompiledProgram,
  names: readonly string[],
  { thread, thing, site, by, bySite }: Starved,
): Finding {
  const at = (one: SiteId): string => placeOfSite(program, one) || "an unknown place";
  const placed = [site, bySite].map((one) => siteAsPlace(program, one));
  const others = listed(by.map((id) => names[id]));
  const values = {
    thread: names[thread],
    lock: thing.name,
    place: at(site),
    others,
    taken: at(bySite),
  };
  const [wants, takes] = placed;
  return {
    kind: "starvation",
    severity: "warning",
    sites: placed.filter((one): one is Place => one !== undefined),
    threads: [thread, ...by],
    ...tell(EXPLORE_MESSAGES.starvation, values),
    chain: [
      {
        text: `${names[thread]} wants ${thing.name} (${at(site)})`,
        thread,
        ...(wants === undefined ? {} : { site: wants }),
      },
      {
        text: `${others} ${by.length === 1 ? "takes" : "take"} it (${at(bySite)}) and ${by.length === 1 ? "gives" : "give"} it back, and all is as it was: so it can go on for ever`,
        ...(takes === undefined ? {} : { site: takes }),
      },
    ],
  };
}
