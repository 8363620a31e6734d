/** Every kind of object, in every form that matters, with few values: for tests that look at all states. */
import type { Subject } from "../subject.ts";
import { atomicSubject } from "./atomic.ts";
import { atomicRefSubject } from "./atomic-ref.ts";
import { barrierSubject } from "./barrier.ts";
import { broadcastSubject } from "./broadcast.ts";
import { cellSubject } from "./cell.ts";
import { channelSubject } from "./channel.ts";
import {
  counterSubject,
  mapSubject,
  queueSubject,
  stackSubject,
  threadLocalSubject,
} from "./collections.ts";
import { condvarSubject } from "./condvar.ts";
import { consoleSubject } from "./console.ts";
import { latchSubject, waitGroupSubject } from "./count.ts";
import { jobSubject } from "./job.ts";
import { mutexSubject } from "./mutex.ts";
import { oneshotSubject } from "./oneshot.ts";
import { notifySubject } from "./notify.ts";
import { onceSubject } from "./once.ts";
import { poolSubject } from "./pool.ts";
import { Prefer } from "../../../src/objects/rwlock.ts";
import { rwlockSubject } from "./rwlock.ts";
import { semaphoreSubject } from "./semaphore.ts";
import { selectSubject } from "./select.ts";
import { processSubject } from "./process.ts";
import { listenerSubject, portsSubject } from "./listener.ts";
import { Carried } from "../../../src/objects/wire.ts";
import { wireSubject } from "./wire.ts";
import { watchSubject } from "./watch.ts";
import { threadSubject } from "./thread.ts";

export const SUBJECTS: readonly Subject[] = [
  mutexSubject,
  condvarSubject,
  atomicSubject(false, 2),
  atomicSubject(true, 2),
  channelSubject(-1),
  channelSubject(2),
  channelSubject(1),
  channelSubject(0),
  threadSubject,
  cellSubject,
  consoleSubject,
  oneshotSubject,
  selectSubject,
  semaphoreSubject,
  barrierSubject,
  latchSubject,
  waitGroupSubject,
  rwlockSubject("fair", Prefer.FAIR),
  rwlockSubject("writers first", Prefer.WRITERS),
  rwlockSubject("readers first", Prefer.READERS),
  watchSubject,
  broadcastSubject(1),
  broadcastSubject(2),
  onceSubject,
  poolSubject,
  jobSubject,
  notifySubject,
  atomicRefSubject(3),
  threadLocalSubject,
  mapSubject,
  queueSubject(-1),
  queueSubject(1),
  queueSubject(2),
  stackSubject,
  counterSubject,
  processSubject(false),
  processSubject(true),
  wireSubject("pipe"),
  wireSubject("chosen"),
  wireSubject("told"),
  listenerSubject(Carried.CHOSEN),
  listenerSubject(Carried.TOLD),
  portsSubject,
];
