/** Every kind of primitive, at the index that `Head.KIND` and a trace's `create` records name it by. */
import { OBJECT_KINDS } from "../trace/event.ts";
import { atomic } from "./atomic.ts";
import { atomicRef } from "./atomic-ref.ts";
import { barrier } from "./barrier.ts";
import { broadcast } from "./broadcast.ts";
import { cell } from "./cell.ts";
import { channel } from "./channel.ts";
import { condvar } from "./condvar.ts";
import { console_ } from "./console.ts";
import { counter } from "./counter.ts";
import { job } from "./job.ts";
import { latch } from "./latch.ts";
import { listener } from "./listener.ts";
import { map } from "./map.ts";
import { mutex } from "./mutex.ts";
import { notify } from "./notify.ts";
import type { ObjectKind } from "./object.ts";
import { oneshot } from "./oneshot.ts";
import { once } from "./once.ts";
import { pool } from "./pool.ts";
import { process_ } from "./process.ts";
import { ports } from "./ports.ts";
import { queue } from "./queue.ts";
import { rwlock } from "./rwlock.ts";
import { selectOver } from "./select.ts";
import { semaphore } from "./semaphore.ts";
import { stack } from "./stack.ts";
import { thread } from "./thread.ts";
import { threadLocal } from "./thread-local.ts";
import { watch } from "./watch.ts";
import { waitGroup } from "./wait-group.ts";
import { connection, pipe } from "./wire.ts";

const byName: Readonly<Record<(typeof OBJECT_KINDS)[number], ObjectKind>> = {
  thread,
  mutex,
  condvar,
  atomic,
  cell,
  channel,
  console: console_,
  oneshot,
  semaphore,
  barrier,
  latch,
  waitgroup: waitGroup,
  rwlock,
  watch,
  broadcast,
  once,
  pool,
  job,
  atomicref: atomicRef,
  notify,
  threadlocal: threadLocal,
  map,
  queue,
  stack,
  counter,
  process: process_,
  pipe,
  connection,
  listener,
  ports,
};

/** No object of the program, and so in no trace: after all that are. */
export const select = selectOver(() => KINDS);

export const KINDS: readonly ObjectKind[] = [...OBJECT_KINDS.map((name) => byName[name]), select];

/** Its index. */
export const SELECT = KINDS.indexOf(select);

export function indexOfKind(kind: ObjectKind): number {
  return KINDS.indexOf(kind);
}
