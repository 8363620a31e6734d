/**
 * How the primitives by which threads wait for one another look to somebody who steps, but for mutexes and conditions: their
 * state in words, what a step does, and to which class of events it belongs.
 */
import { barrier, BarrierOperation, BarrierWord } from "../../../objects/barrier.ts";
import { CountWord } from "../../../objects/count.ts";
import { job, JobOperation, JobWord } from "../../../objects/job.ts";
import { latch, LatchOperation } from "../../../objects/latch.ts";
import type { ObjectKind } from "../../../objects/object.ts";
import { once, OnceOperation, OnceWord } from "../../../objects/once.ts";
import { pool, PoolOperation, PoolWord } from "../../../objects/pool.ts";
import { rwlock, RwLockOperation, RwLockWord } from "../../../objects/rwlock.ts";
import { semaphore, SemaphoreOperation, SemaphoreWord } from "../../../objects/semaphore.ts";
import { waitGroup, WaitGroupOperation } from "../../../objects/wait-group.ts";
import type { EventClass } from "../../../protocol/step.ts";

interface Looks {
  /** "2 permits". `word`: one of the object's words. */
  text(word: (index: number) => number): string;
  /** By operation: the verb, its third person, and what follows it, with the object's name and the step's argument. */
  readonly deeds: Readonly<Record<number, DeedForm>>;
}

type DeedForm = readonly [
  verb: string,
  third: string,
  rest: (name: string, a: number, text: string) => string,
  of: EventClass,
];

const plural = (n: number, one: string): string => `${n} ${n === 1 ? one : `${one}s`}`;
const permits = (name: string, a: number): string => `${plural(a, "permit")} of ${name}`;
const left = (word: (index: number) => number): string => `${word(CountWord.COUNT)} left`;
const counted = (name: string, a: number): string => (a === 1 ? name : `${name} by ${a}`);
const asked = (name: string, _a: number, text: string): string =>
  `about ${name} → ${text.split(" ")[0]}`;

const itself = (name: string): string => name;

function rwlockText(word: (index: number) => number): string {
  const held =
    word(RwLockWord.WRITER) !== 0
      ? "held to write"
      : word(RwLockWord.READERS_FIRST) !== 0
        ? "held to read"
        : "free";
  const poisoned = word(RwLockWord.POISONED) === 0 ? "" : ", poisoned";
  return `${held}${poisoned}`;
}

const LOOKS: ReadonlyMap<ObjectKind, Looks> = new Map<ObjectKind, Looks>([
  [
    semaphore,
    {
      text: (word) => plural(word(SemaphoreWord.AVAILABLE), "permit"),
      deeds: {
        [SemaphoreOperation.ACQUIRE]: ["acquire", "acquires", permits, "lock"],
        [SemaphoreOperation.ACQUIRE_MANY]: ["acquire", "acquires", permits, "lock"],
        [SemaphoreOperation.TRY_ACQUIRE]: ["try to acquire", "tries to acquire", permits, "lock"],
        [SemaphoreOperation.RELEASE]: ["release", "releases", permits, "unlock"],
        [SemaphoreOperation.AVAILABLE]: ["ask", "asks", asked, "any"],
      },
    },
  ],
  [
    barrier,
    {
      text: (word) => `${word(BarrierWord.ARRIVED)} of ${word(BarrierWord.PARTIES)} there`,
      deeds: {
        [BarrierOperation.ARRIVE]: [
          "arrive",
          "arrives",
          (name, _a, text) => `at ${name} (${text})`,
          "wait",
        ],
        [BarrierOperation.PASS]: ["pass", "passes", itself, "wait"],
      },
    },
  ],
  [
    latch,
    {
      text: left,
      deeds: {
        [LatchOperation.COUNT_DOWN]: ["count down", "counts down", counted, "notify"],
        [LatchOperation.WAIT]: ["pass", "passes", itself, "wait"],
        [LatchOperation.COUNT]: ["ask", "asks", asked, "any"],
      },
    },
  ],
  [
    waitGroup,
    {
      text: left,
      deeds: {
        [WaitGroupOperation.ADD]: ["count up", "counts up", counted, "any"],
        [WaitGroupOperation.DONE]: ["count down", "counts down", itself, "notify"],
        [WaitGroupOperation.WAIT]: ["pass", "passes", itself, "wait"],
      },
    },
  ],
  [
    rwlock,
    {
      text: rwlockText,
      deeds: {
        [RwLockOperation.READ]: ["lock", "locks", (name) => `${name} to read`, "lock"],
        [RwLockOperation.WRITE]: ["lock", "locks", (name) => `${name} to write`, "lock"],
        [RwLockOperation.GRANT_READ]: ["be let", "is let", (name) => `read ${name}`, "lock"],
        [RwLockOperation.GRANT_WRITE]: ["be let", "is let", (name) => `write ${name}`, "lock"],
        [RwLockOperation.TRY_READ]: ["try to read", "tries to read", itself, "lock"],
        [RwLockOperation.TRY_WRITE]: ["try to write", "tries to write", itself, "lock"],
        [RwLockOperation.READ_UNLOCK]: ["end reading", "ends reading", itself, "unlock"],
        [RwLockOperation.WRITE_UNLOCK]: ["end writing", "ends writing", itself, "unlock"],
      },
    },
  ],
  [
    once,
    {
      text: (word) => ["not done", "under way", "done"][word(OnceWord.STATE)],
      deeds: {
        [OnceOperation.BEGIN]: [
          "look at",
          "looks at",
          (name, _a, text) => `${name} (${text})`,
          "lock",
        ],
        [OnceOperation.END]: ["end", "ends", itself, "unlock"],
        [OnceOperation.SET]: ["set", "sets", (name, _a, text) => `${name} (${text})`, "any"],
        [OnceOperation.IS_COMPLETED]: [
          "ask",
          "asks",
          (name, _a, text) => `about ${name} → ${text}`,
          "any",
        ],
      },
    },
  ],
  [
    pool,
    {
      text: (word) =>
        `${plural(word(PoolWord.QUEUED), "job")} queued${word(PoolWord.CLOSED) === 0 ? "" : ", shut down"}`,
      deeds: {
        [PoolOperation.SUBMIT]: ["submit", "submits", (name) => `a job to ${name}`, "send"],
        [PoolOperation.TAKE]: ["take", "takes", (name) => `a job of ${name}`, "receive"],
        [PoolOperation.PANICKED]: ["tell", "tells", (name) => `${name} of a panic`, "any"],
        [PoolOperation.LEAVE]: ["leave", "leaves", itself, "any"],
        [PoolOperation.CLOSE]: ["shut down", "shuts down", itself, "any"],
        [PoolOperation.AWAIT_END]: ["see", "sees", (name) => `the end of ${name}`, "join"],
      },
    },
  ],
  [
    job,
    {
      text: (word) =>
        word(JobWord.RUNNER) === 0
          ? "waits for a thread"
          : ["runs", "has ended", "has panicked"][word(JobWord.OUTCOME)],
      deeds: {
        [JobOperation.START]: ["begin", "begins", itself, "any"],
        [JobOperation.END]: ["end", "ends", itself, "end"],
        [JobOperation.JOIN]: ["join", "joins", itself, "join"],
        [JobOperation.IS_FINISHED]: [
          "ask",
          "asks",
          (name, _a, text) => `about ${name} → ${text}`,
          "any",
        ],
      },
    },
  ],
]);

/** The object's state in words; undefined for another kind. */
export function synchroniserText(
  kind: ObjectKind,
  word: (index: number) => number,
): string | undefined {
  return LOOKS.get(kind)?.text(word);
}

/** What a step on it does. */
export function synchroniserDeed(
  kind: ObjectKind,
  name: string,
  text: string,
  { operation, a }: { readonly operation: number; readonly a: number },
): { readonly text: string; readonly done: string } | undefined {
  const form = LOOKS.get(kind)?.deeds[operation];
  if (form === undefined) return undefined;
  const [verb, third, tell] = form;
  const rest = tell(name, a, text);
  return { text: `${verb} ${rest}`, done: `${third} ${rest}` };
}

export function synchroniserClass(kind: ObjectKind, operation: number): EventClass | undefined {
  return LOOKS.get(kind)?.deeds[operation]?.[3];
}
