/**
 * Tasks that awaited while they held a lock of `threadloom:std`, which blocks a whole thread: whoever of the thread's other tasks
 * takes it then waits for a task that cannot go on. Locks of `threadloom:async` are made for that and pass. One finding for each
 * place at which the lock was taken and awaited.
 */
import type { ObjectId, ThreadId } from "../base/brand.ts";
import { FINDING_MESSAGES } from "../base/catalogue/findings.ts";
import { EventKind } from "../trace/event.ts";
import type { Finding } from "../trace/finding.ts";
import type { Timeline } from "../trace/timeline/timeline.ts";
import { warning } from "./found.ts";
import { placesOf, siteText } from "./words.ts";

interface Taken {
  readonly lock: number;
  /** The task that ran then; 0: none did. */
  readonly task: number;
  readonly site: number;
}

/** What a thread is at: tasks that run, the innermost last (one calls another), and the locks that are held. */
class AtWork {
  readonly tasks: number[] = [];
  readonly taken: Taken[] = [];

  takes(lock: number, site: number): void {
    this.taken.push({ lock, task: this.tasks.at(-1) ?? 0, site });
  }

  gives(lock: number): void {
    const at = this.taken.findLastIndex((one) => one.lock === lock);
    if (at >= 0) this.taken.splice(at, 1);
  }

  /** The task goes off: what it still holds. */
  leaves(task: number): readonly Taken[] {
    const at = this.tasks.lastIndexOf(task);
    if (at >= 0) this.tasks.splice(at, 1);
    return this.taken.filter((one) => one.task === task);
  }
}

/** O(events). */
export function awaitsUnderLocks(timeline: Timeline): Finding[] {
  const { trace } = timeline;
  const { time, kind, thread, object, argument, site, count } = trace.events;
  const threads = new Map<number, AtWork>();
  const forTasks = locksForTasks(timeline);
  const found = new Map<string, Finding>();
  for (let row = 0; row < count; row++) {
    let at = threads.get(thread[row]);
    if (at === undefined) threads.set(thread[row], (at = new AtWork()));
    switch (kind[row]) {
      case EventKind.taskBegin:
      case EventKind.taskResume:
        at.tasks.push(argument[row]);
        break;
      case EventKind.taskEnd:
        at.leaves(argument[row]);
        break;
      case EventKind.lock:
      case EventKind.readLock:
      case EventKind.writeLock:
        if (argument[row] === 0 && !forTasks.has(object[row])) at.takes(object[row], site[row]);
        break;
      case EventKind.unlock:
      case EventKind.readUnlock:
      case EventKind.writeUnlock:
        at.gives(object[row]);
        break;
      case EventKind.conditionWait:
        at.gives(argument[row]);
        break;
      case EventKind.taskAwait:
        for (const taken of at.leaves(argument[row])) {
          const key = `${taken.lock} ${taken.site} ${site[row]}`;
          if (!found.has(key)) found.set(key, finding(taken, row));
        }
        break;
    }
  }
  return [...found.values()];

  function finding(taken: Taken, row: number): Finding {
    const id = thread[row] as ThreadId;
    const values = {
      thread: trace.threadName(id),
      lock: timeline.nameOf(taken.lock as ObjectId),
      ...{ taken: siteText(trace, taken.site), place: siteText(trace, site[row]) },
    };
    return warning("await-under-lock", FINDING_MESSAGES.awaitUnderLock, values, {
      sites: placesOf(trace, [site[row], taken.site]),
      ...{ time: time[row], threads: [id], objects: [taken.lock] },
    });
  }
}

function locksForTasks({ trace }: Timeline): ReadonlySet<number> {
  const { kind, argument, count } = trace.events;
  const locks = new Set<number>();
  for (let row = 0; row < count; row++) {
    if (kind[row] === EventKind.lockForTasks) locks.add(argument[row]);
  }
  return locks;
}
