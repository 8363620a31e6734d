/** `RwLock<T>`: the lock's rules are in `objects/rwlock.ts`; what it protects and its guards are as any lock's. */
import type { Address, Milliseconds, SiteId } from "../base/brand.ts";
import { RUNTIME_MESSAGES } from "../base/catalogue/runtime.ts";
import {
  IGNORE_POISON,
  Prefer,
  rwlock,
  RwLockOperation,
  RwLockResult,
  RwLockWord,
} from "../objects/rwlock.ts";
import { NODE_WORDS } from "../objects/waiters.ts";
import { duration } from "./duration.ts";
import { PoisonError, text } from "./errors.ts";
import { adopt, adoptedObject, crosses, crossing, type Crossing, remember } from "./handle.ts";
import { inspected } from "./inspect.ts";
import { engine } from "./intrinsics.ts";
import { LiveValue } from "./live-value.ts";
import { giveBack, live, ValueGuard } from "./value-guard.ts";

const FOREVER = Infinity as Milliseconds;

/** A reader's node, which stands with the lock's readers while it is held. */
const nodeOf: unique symbol = Symbol("threadloom.node");

export class ReadGuard<T> extends ValueGuard<T, RwLock<T>> {
  readonly #node: Address;

  constructor(lock: RwLock<T>, node: Address) {
    super(lock);
    this.#node = node;
  }

  get [nodeOf](): Address {
    return this.#node;
  }

  protected override get kind(): string {
    return "ReadGuard";
  }

  /** Without a setter: whoever only reads has nothing to assign to. */
  override get value(): T {
    return super.value;
  }

  override store(): void {
    // What a reader changes in place is nobody's.
  }
}

export class WriteGuard<T> extends ValueGuard<T, RwLock<T>> {
  protected override get kind(): string {
    return "WriteGuard";
  }
}

const PREFERENCES = {
  fair: Prefer.FAIR,
  readers: Prefer.READERS,
  writers: Prefer.WRITERS,
} as const;

function preferred(prefer: unknown): number {
  if (prefer === undefined) return Prefer.FAIR;
  const isName = typeof prefer === "string";
  if (isName && Object.hasOwn(PREFERENCES, prefer))
    return PREFERENCES[prefer as keyof typeof PREFERENCES];
  const value = isName ? prefer : typeof prefer;
  const told = { value, preferences: Object.keys(PREFERENCES).join(", ") };
  throw new TypeError(text(RUNTIME_MESSAGES.badPreference, told));
}

export class RwLock<T = void> {
  readonly #at: Address;
  readonly [live]: LiveValue<T>;
  /** A reader's node for the next time, 0 for none. */
  #spare = 0 as Address;

  constructor(value?: T, options?: { prefer?: "fair" | "readers" | "writers" }) {
    const adopted = adoptedObject();
    this.#at = adopted || engine.create(rwlock, preferred(options?.prefer));
    this[live] = new LiveValue(this.#at, RwLockWord.VALUE_TAG);
    if (adopted !== 0) return;
    remember(this.#at, this);
    if (value !== undefined) this[live].write(value);
  }

  read(): ReadGuard<T> {
    return this.#read(0, FOREVER)!;
  }

  readFor(timeout: number): ReadGuard<T> | undefined {
    return this.#read(0, duration(timeout, "readFor"));
  }

  tryRead(): ReadGuard<T> | undefined {
    const node = this.#node();
    return this.#reading(engine.perform(this.#at, RwLockOperation.TRY_READ, node, 0), node);
  }

  write(): WriteGuard<T> {
    return this.#write(0, FOREVER)!;
  }

  writeFor(timeout: number): WriteGuard<T> | undefined {
    return this.#write(0, duration(timeout, "writeFor"));
  }

  tryWrite(): WriteGuard<T> | undefined {
    return this.#writing(engine.perform(this.#at, RwLockOperation.TRY_WRITE, 0, 0));
  }

  get isPoisoned(): boolean {
    return engine.perform(this.#at, RwLockOperation.IS_POISONED) === 1;
  }

  clearPoison(): void {
    engine.perform(this.#at, RwLockOperation.CLEAR_POISON);
  }

  /** For annotations: the value while nobody runs. Programs go through a guard. */
  get value(): T {
    if (!engine.evaluating) throw new TypeError("an RwLock has no value but through its guards");
    return this[live].read();
  }

  get [crossing](): Crossing {
    return { kind: "RwLock", object: this.#at, detail: 0 };
  }

  [inspected](): string {
    return `RwLock(${engine.nameOf(this.#at)})`;
  }

  [giveBack](poison: number, guard: object): void {
    if (guard instanceof ReadGuard) {
      const node = guard[nodeOf];
      engine.perform(this.#at, RwLockOperation.READ_UNLOCK, node, 0);
      this.#keep(node);
    } else {
      engine.perform(this.#at, RwLockOperation.WRITE_UNLOCK, poison, 0);
    }
  }

  #read(ignorePoison: number, timeout: Milliseconds): ReadGuard<T> | undefined {
    const node = this.#node();
    const { site } = engine;
    let result = engine.perform(this.#at, RwLockOperation.READ, node, ignorePoison);
    if (result === RwLockResult.WAITING) {
      engine.site = site;
      const grant = RwLockOperation.GRANT_READ;
      result = engine.performFor(this.#at, grant, node, ignorePoison, timeout);
    }
    return this.#reading(result, node);
  }

  #write(ignorePoison: number, timeout: Milliseconds): WriteGuard<T> | undefined {
    const { node, site } = engine;
    let result = engine.perform(this.#at, RwLockOperation.WRITE, node, ignorePoison);
    if (result === RwLockResult.WAITING) {
      engine.site = site;
      const grant = RwLockOperation.GRANT_WRITE;
      result = engine.performFor(this.#at, grant, node, ignorePoison, timeout);
    }
    return this.#writing(result);
  }

  #reading(result: number, node: Address): ReadGuard<T> | undefined {
    if (result === RwLockResult.HELD) return new ReadGuard(this, node);
    this.#keep(node);
    if (result === RwLockResult.POISONED)
      throw this.#poisonError({ lockPoisoned: () => this.#read(IGNORE_POISON, FOREVER)! });
    return undefined;
  }

  #writing(result: number): WriteGuard<T> | undefined {
    if (result === RwLockResult.HELD) return new WriteGuard(this);
    if (result === RwLockResult.POISONED)
      throw this.#poisonError({ lockPoisoned: () => this.#write(IGNORE_POISON, FOREVER)! });
    return undefined;
  }

  #poisonError<Guard>(lock: { lockPoisoned(): Guard }): PoisonError<Guard> {
    const since = (engine.words[this.#at + RwLockWord.POISONED] - 1) as SiteId;
    const place = engine.placeOf(since) || "a place that is not known";
    const told = { lock: engine.nameOf(this.#at), place };
    return new PoisonError(text(RUNTIME_MESSAGES.lockPoisoned, told), lock);
  }

  #node(): Address {
    const spare = this.#spare;
    this.#spare = 0 as Address;
    return spare || engine.allocate(NODE_WORDS);
  }

  #keep(node: Address): void {
    if (this.#spare === 0) this.#spare = node;
    else engine.release(node);
  }
}

crosses("RwLock", "shared", (object) => adopt(object, () => new RwLock()));
