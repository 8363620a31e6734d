/** What `import … from "threadloom:std"` gives: the names that `types/std.d.ts` declares. */
import { AtomicBool, AtomicI32, AtomicI64 } from "./atomic.ts";
import { AtomicRef } from "./atomic-ref.ts";
import { broadcast } from "./broadcast.ts";
import { channel, syncChannel } from "./channel.ts";
import { Condvar } from "./condvar.ts";
import {
  AssertionError,
  ChannelClosedError,
  LaggedError,
  MovedError,
  NetworkError,
  NotSendError,
  PanicError,
  PoisonError,
} from "./errors.ts";
import { assert, drop, label, region } from "./marks.ts";
import { Mutex } from "./mutex.ts";
import { oneshot } from "./oneshot.ts";
import { otherwise, select, timeout } from "./select.ts";
import { snapshot } from "./shared/snapshot.ts";
import { availableParallelism, current, park, scope, sleep, spawn, yieldNow } from "./thread.ts";
import { watch } from "./watch.ts";
import { choose, random } from "./choice.ts";
import { Semaphore } from "./semaphore.ts";
import { Barrier } from "./barrier.ts";
import { Latch, WaitGroup } from "./latch.ts";
import { RwLock } from "./rwlock.ts";
import { Once, OnceCell } from "./once.ts";
import { Process } from "./process.ts";
import { parallelMap, ThreadPool } from "./pool.ts";
import { pipe } from "./io/pipe.ts";
import { Poller } from "./io/poller.ts";
import { TcpListener, TcpStream } from "./io/tcp.ts";
import { Timer } from "./io/timer.ts";
import { ThreadLocal } from "./thread-local.ts";

export const STD: Readonly<Record<string, unknown>> = {
  spawn,
  scope,
  current,
  sleep,
  yieldNow,
  availableParallelism,
  Mutex,
  Condvar,
  AtomicI32,
  AtomicI64,
  AtomicBool,
  channel,
  syncChannel,
  oneshot,
  watch,
  broadcast,
  select,
  timeout,
  otherwise,
  drop,
  assert,
  label,
  region,
  snapshot,
  AssertionError,
  PanicError,
  PoisonError,
  ChannelClosedError,
  LaggedError,
  MovedError,
  NetworkError,
  NotSendError,
  choose,
  random,
  park,
  Semaphore,
  Barrier,
  Latch,
  WaitGroup,
  RwLock,
  Once,
  OnceCell,
  ThreadPool,
  parallelMap,
  AtomicRef,
  ThreadLocal,
  Process,
  pipe,
  Poller,
  TcpListener,
  TcpStream,
  Timer,
};
