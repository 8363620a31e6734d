/**
 * What happened to one object, as far as it can be known while records of different threads arrive in any order: counts,
 * and references to the spans of the threads that held it or waited for it. Views that need these in order of time are
 * made from the references when they are asked for (`in-order.ts`).
 */
import type { ObjectId } from "../../base/brand.ts";
import { EventKind, OBJECT_KINDS, type ObjectKindName } from "../event.ts";
import type { MessageColumns } from "./messages.ts";
import type { OrderedRows } from "./ordered-rows.ts";
import { SpanReferences } from "./references.ts";

/** Kinds of object through which messages pass, drawn as lanes with arrows. */
export const MESSAGE_KINDS: readonly ObjectKindName[] = [
  "channel",
  "oneshot",
  "watch",
  "broadcast",
];

/** Kinds of object through which bytes pass, or connections. */
export const WIRE_KINDS: readonly ObjectKindName[] = ["pipe", "connection", "listener"];

export class ObjectTrack {
  readonly id: ObjectId;
  /** From its `create` record, else guessed from what was done with it; undefined while neither has come. */
  kind: ObjectKindName | undefined;
  /** Where it was made, 0 while that is not known. */
  site = 0;
  /** Index of its name in the trace's strings, -1 for the site's name. */
  text = -1;
  /** Which thread made it; -1 while that is not known. */
  maker = -1;
  created = 0;
  /** Whether two threads have used it. */
  shared = false;
  #user = -1;
  /** Operations that went through or were refused: records about it but for `create` and `block`. */
  operations = 0;
  /** Spans of `ThreadTrack.holdings`. */
  readonly held = new SpanReferences();
  /** Spans of `ThreadTrack.states`. */
  readonly waits = new SpanReferences();
  /** Of a channel; of a listener, its connections. */
  messages: MessageColumns | undefined;
  /** Of a pipe, a connection or a listener: what was done with it. */
  stream: OrderedRows | undefined;
  /** Whether a poll has found it ready. */
  polled = false;
  /** Of a channel: ends that are not dropped, as the last record told. */
  senders = 1;
  receivers = 1;
  #sendersVersion = 0;
  #receiversVersion = 0;

  constructor(id: ObjectId) {
    this.id = id;
  }

  /** Takes in its `create` record. `version` is the index of its name plus one, or 0. */
  create(time: number, thread: number, version: number, kind: number, site: number): void {
    this.kind = OBJECT_KINDS[kind] ?? this.kind;
    this.site = site;
    this.text = version - 1;
    this.maker = thread;
    this.created = time;
  }

  /** Takes in that a thread performed an operation on it. */
  use(thread: number, kind: number): void {
    this.operations++;
    this.kind ??= kindTouchedBy(kind);
    if (this.#user === -1) this.#user = thread;
    else if (this.#user !== thread) this.shared = true;
  }

  /** Takes in a clone or a drop of a channel's end: the record of the highest version tells how many are left. */
  end(event: number, version: number, left: number): void {
    if (event === EventKind.dropSender || event === EventKind.cloneSender) {
      if (version < this.#sendersVersion) return;
      this.#sendersVersion = version;
      this.senders = left;
    } else {
      if (version < this.#receiversVersion) return;
      this.#receiversVersion = version;
      this.receivers = left;
    }
  }
}

/** Which kind of object a record must be about, if that can be told: for traces whose beginning is missing. */
function kindTouchedBy(event: number): ObjectKindName | undefined {
  if (event <= EventKind.join) return "thread";
  if (event >= EventKind.lock && event <= EventKind.clearPoison) return "mutex";
  if (event >= EventKind.conditionWait && event <= EventKind.notifyAll) return "condvar";
  if (event >= EventKind.load && event <= EventKind.atomicNotify) return "atomic";
  if (event === EventKind.read || event === EventKind.write) return "cell";
  if (event >= EventKind.send && event <= EventKind.cloneReceiver) return "channel";
  if (event === EventKind.output) return "console";
  if (event >= EventKind.acquire && event <= EventKind.release) return "semaphore";
  if (event === EventKind.barrierArrive || event === EventKind.barrierPass) return "barrier";
  if (event >= EventKind.readLock && event <= EventKind.lockRequest) return "rwlock";
  if (event === EventKind.localMake) return "threadlocal";
  if (event === EventKind.countAdd) return "counter";
  if (event >= EventKind.connect && event <= EventKind.listenerClosed) return "listener";
  return undefined;
}
