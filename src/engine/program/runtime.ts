/** `$`: what compiled code calls, for one thread. The shared places are `std/shared`'s. */
import type { ProgramRuntime, SharedPlace, Uses } from "../../protocol/emitted.ts";
import { EventKind } from "../../trace/event.ts";
import { LIBRARY } from "../../std/library.ts";
import { engine } from "../../std/intrinsics.ts";
import * as places from "../../std/shared/place.ts";
import {
  asyncArrow,
  asyncFunction,
  asyncGeneratorFunction,
  asyncMethod,
  type BodyMaker,
} from "../../std/tasks/async-functions.ts";
import { AsyncGenerator, handed } from "../../std/tasks/async-generator.ts";
import { AsyncSteps, delegateAsync } from "../../std/tasks/async-steps.ts";
import { type Body, runTask, runTaskOf } from "../../std/tasks/task.ts";
import { superOf } from "../../std/tasks/super-of.ts";
import { UsesBlock } from "../../std/uses.ts";
import { RESTORE, SAVE } from "./externals.ts";
import { Variable } from "./variable.ts";

export class Runtime implements ProgramRuntime {
  site = 0;
  restoring = false;
  readonly save = SAVE;
  readonly restore = RESTORE;

  at<T>(site: number, value: T): T {
    this.site = site;
    return value;
  }

  std(name: string): Record<string, unknown> {
    const module = LIBRARY[name];
    if (module === undefined) throw new RangeError(`there is no module ${name}`);
    return module;
  }

  box<T>(...initial: [] | [T]): { v: T } {
    const variable = new Variable();
    if (initial.length === 1) variable.v = initial[0];
    return variable as { v: T };
  }

  uses(): Uses {
    return new UsesBlock();
  }

  iterate<T>(site: number, iterable: Iterable<T>): Iterable<T> {
    return {
      [Symbol.iterator]: () => {
        this.site = site;
        const iterator = iterable[Symbol.iterator]();
        const next = (): IteratorResult<T> => {
          this.site = site;
          return iterator.next();
        };
        if (iterator.return === undefined) return { next };
        const finish = (value?: unknown): IteratorResult<T> => {
          this.site = site;
          return iterator.return!(value);
        };
        return { next, return: finish };
      },
    };
  }

  /** Runs `make` while constructors and initialisers of the person's classes are skipped. */
  whileRestoring<T>(make: () => T): T {
    const before = this.restoring;
    this.restoring = true;
    try {
      return make();
    } finally {
      this.restoring = before;
    }
  }

  async(body: BodyMaker): Function {
    return asyncFunction(body);
  }

  asyncArrow(body: BodyMaker, self: () => unknown): Function {
    return asyncArrow(body, self);
  }

  asyncGeneratorFunction(body: BodyMaker): Function {
    return asyncGeneratorFunction(body);
  }

  asyncMethod(holder: object, key: PropertyKey, isGenerator: boolean): void {
    asyncMethod(holder, key, isGenerator);
  }

  task(body: Body): unknown {
    return runTask(body);
  }

  taskOf(make: () => Body): unknown {
    return runTaskOf(make);
  }

  asyncGenerator(body: Body): object {
    return new AsyncGenerator(body);
  }

  handed(value: unknown): unknown {
    return handed(value);
  }

  delegateAsync(iterable: unknown): Body {
    return delegateAsync(iterable);
  }

  asyncSteps(iterable: unknown): AsyncSteps {
    return new AsyncSteps(iterable);
  }

  superOf(
    get: (key: PropertyKey) => unknown,
    set: (key: PropertyKey, value: unknown) => void,
  ): object {
    return superOf(get, set);
  }

  shared(site: number, initial: unknown): SharedPlace {
    this.site = site;
    return places.create(initial);
  }

  field(place: SharedPlace, name: string): SharedPlace {
    return places.field(place, name);
  }

  element(place: SharedPlace, index: unknown): SharedPlace {
    return places.element(place, index);
  }

  length(place: SharedPlace): SharedPlace {
    return places.length(place);
  }

  read(site: number, place: SharedPlace): unknown {
    this.site = site;
    return places.read(place);
  }

  write<T>(site: number, place: SharedPlace, value: T): T {
    this.site = site;
    places.write(place, value);
    return value;
  }

  increment(site: number, place: SharedPlace, by: 1 | -1, prefix: boolean): number | bigint {
    this.site = site;
    return places.increment(place, by, prefix);
  }

  method(site: number, place: SharedPlace, name: string, args: unknown[]): unknown {
    this.site = site;
    return places.method(place, name, args);
  }

  member(site: number, place: SharedPlace, name: string): unknown {
    this.site = site;
    return places.member(place, name);
  }

  elements(site: number, place: SharedPlace): Iterable<unknown> {
    return this.iterate(site, places.elements(place));
  }

  snapshot(site: number, place: SharedPlace): unknown {
    this.site = site;
    return places.snapshot(place);
  }

  label(site: number): void {
    this.site = site;
    if (engine.traced) engine.mark(EventKind.label, -1);
  }
}
