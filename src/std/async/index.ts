/** What `import … from "threadloom:async"` gives: the names that `../types/async.d.ts` declares. */
import { CancelledError, TimeoutError } from "../errors.ts";
import { spawnBlocking } from "./blocking.ts";
import { channel, oneshot } from "./channel.ts";
import { join, select, timeout } from "./combinators.ts";
import { coroutine } from "./coroutine.ts";
import { EventLoop } from "./event-loop.ts";
import { Future, lazy } from "./future.ts";
import { Mutex, Notify, Semaphore } from "./locks.ts";
import { Runtime, spawn } from "./runtime.ts";
import { sleep, yieldNow } from "./sleep.ts";
import { Stream } from "./stream.ts";

export const ASYNC: Readonly<Record<string, unknown>> = {
  Future,
  lazy,
  Runtime,
  spawn,
  spawnBlocking,
  sleep,
  yieldNow,
  timeout,
  join,
  select,
  Mutex,
  Semaphore,
  Notify,
  channel,
  oneshot,
  Stream,
  EventLoop,
  coroutine,
  TimeoutError,
  CancelledError,
};
