/** Operations that a run can be let go on to: where messages come, where threads meet, where they get in each other's way. */
import { barrier, BarrierOperation } from "../../../objects/barrier.ts";
import { broadcast, BroadcastOperation } from "../../../objects/broadcast.ts";
import { channel, ChannelOperation } from "../../../objects/channel.ts";
import { latch, LatchOperation } from "../../../objects/latch.ts";
import { listener, ListenerOperation } from "../../../objects/listener.ts";
import { mutex, MutexOperation } from "../../../objects/mutex.ts";
import type { ObjectKind } from "../../../objects/object.ts";
import { oneshot, OneshotOperation } from "../../../objects/oneshot.ts";
import { queue, QueueOperation } from "../../../objects/queue.ts";
import { rwlock, RwLockOperation } from "../../../objects/rwlock.ts";
import { stack, StackOperation } from "../../../objects/stack.ts";
import { thread, ThreadOperation } from "../../../objects/thread.ts";
import { waitGroup, WaitGroupOperation } from "../../../objects/wait-group.ts";
import { watch, WatchOperation } from "../../../objects/watch.ts";
import { connection, pipe, WireOperation } from "../../../objects/wire.ts";
import type { Notable } from "../../../protocol/step.ts";

type Operations = ReadonlyMap<ObjectKind, readonly number[]>;

/** A race and a switch are no operations of their own. */
const OPERATIONS: Readonly<Partial<Record<Notable, Operations>>> = {
  message: new Map([
    [channel, [ChannelOperation.RECEIVE]],
    [oneshot, [OneshotOperation.RECEIVE]],
    [broadcast, [BroadcastOperation.RECEIVE]],
    [queue, [QueueOperation.POP]],
    [stack, [StackOperation.POP]],
    [watch, [WatchOperation.CHANGED]],
    [pipe, [WireOperation.READ]],
    [connection, [WireOperation.READ]],
    [listener, [ListenerOperation.ACCEPT]],
  ] as const),
  barrier: new Map([
    [thread, [ThreadOperation.JOIN]],
    [barrier, [BarrierOperation.PASS]],
    [latch, [LatchOperation.WAIT]],
    [waitGroup, [WaitGroupOperation.WAIT]],
  ] as const),
  contention: new Map<ObjectKind, readonly number[]>([
    [mutex, [MutexOperation.LOCK]],
    [rwlock, [RwLockOperation.GRANT_READ, RwLockOperation.GRANT_WRITE]],
  ]),
};

export function isNotableOperation(what: Notable, kind: ObjectKind, operation: number): boolean {
  return OPERATIONS[what]?.get(kind)?.includes(operation) ?? false;
}
