/**
 * Which types cannot cross to another thread, or to another process (SEMANTICS, Values). Answers only what types can tell: `any`, `unknown`,
 * interfaces that anything may implement and functions of unknown origin pass, and the engine looks at the value.
 *
 * Of a package's class declarations tell `#private` members, though not their names, and what it extends. That it hides
 * state otherwise, or is not exported, is seen when the program runs.
 *
 * What may not be there at run time (an element of an array, one member of a union, an optional field) is refused with
 * `certain: false`.
 */
import ts from "typescript";
import { OF_ONE_MEMORY, ONLY_DOWN } from "../../base/one-memory.ts";
import type { Destination } from "./crossings.ts";
import { moduleOf, stdTypeName } from "./std-calls.ts";

export interface Refused {
  readonly path: string;
  readonly what: string;
  readonly why: string;
  readonly remedy: string;
  readonly certain: boolean;
}

interface Reason extends Pick<Refused, "what" | "why" | "remedy"> {
  /** The private member to blame. */
  readonly member?: string;
}

const COLLECT = "Collect its values into an array first, or make it in the other thread.";
const reason = (what: string, why: string, remedy: string): Reason => ({ what, why, remedy });

const PROMISE = reason(
  "a Promise",
  "its outcome comes only to the thread that made it",
  "Await it first and let its value cross, or send that value through a channel.",
);
const suspended = (what: string): Reason =>
  reason(what, "it is suspended in the middle of its function, on this thread", COLLECT);
const walking = (what: string): Reason =>
  reason(what, "it is in the middle of walking an object of this thread", COLLECT);
const weak = (what: string, remedy: string): Reason =>
  reason(what, "what it holds depends on which objects of its own thread are still in use", remedy);

/** Declared by TypeScript's own libraries. */
const OF_LANGUAGE: ReadonlyMap<string, Reason> = new Map([
  ["Promise", PROMISE],
  ["Generator", suspended("a generator")],
  ["AsyncGenerator", suspended("an async generator")],
  ["ArrayIterator", walking("an iterator of an array")],
  ["MapIterator", walking("an iterator of a Map")],
  ["SetIterator", walking("an iterator of a Set")],
  ["StringIterator", walking("an iterator of a string")],
  ["RegExpStringIterator", walking("an iterator of matches")],
  ["WeakMap", weak("a WeakMap", "Use a Map.")],
  ["WeakSet", weak("a WeakSet", "Use a Set.")],
  ["WeakRef", weak("a WeakRef", "Let the object itself cross.")],
  ["FinalizationRegistry", weak("a FinalizationRegistry", "Make one in each thread.")],
  [
    "SharedArrayBuffer",
    reason(
      "a SharedArrayBuffer",
      "accesses to it could be neither seen nor ordered",
      "Use a `@shared` variable, an atomic or a Mutex.",
    ),
  ],
]);

const guard = (what: string): Reason =>
  reason(
    what,
    "it belongs to the thread that locked",
    "Capture the lock itself, and lock it in the other thread.",
  );
const bound = (what: string): Reason =>
  reason(what, "it belongs to the thread that made it", "Make one in the other thread.");

const ofTasks = (what: string): Reason =>
  reason(
    what,
    "it lives among the tasks of the thread that made it",
    "Make one in the other thread, or let its value cross: send it through a channel.",
  );

/** Declared by our own modules; every other object of theirs is shared or moves. */
const OF_OURS: ReadonlyMap<string, Reason> = new Map([
  ["MutexGuard", guard("a MutexGuard")],
  ["ReadGuard", guard("a ReadGuard")],
  ["WriteGuard", guard("a WriteGuard")],
  ["Permit", guard("a Permit")],
  ["Poller", bound("a Poller")],
  ["Timer", bound("a Timer")],
  ["Future", ofTasks("a Future")],
  ["Task", ofTasks("a Task")],
  ["Runtime", ofTasks("a Runtime")],
  ["Stream", ofTasks("a Stream")],
  ["EventLoop", ofTasks("an EventLoop")],
  ["Context", ofTasks("an actor's Context")],
]);

/** The same in what goes to another process: all that stands for something in this memory. */
const OF_MEMORY = new Set(
  (
    "Mutex RwLock Condvar Semaphore Barrier Latch WaitGroup Once OnceCell Notify AtomicI32 AtomicI64 AtomicBool AtomicRef " +
    "ConcurrentMap ConcurrentQueue ConcurrentStack StripedCounter ThreadPool ThreadLocal Thread JoinHandle ActorRef Sender " +
    "SyncSender Receiver OneshotSender OneshotReceiver BroadcastSender BroadcastReceiver WatchSender WatchReceiver AsyncSender " +
    "AsyncReceiver AsyncMutex PipeWriter PipeReader TcpListener TcpStream Process Port"
  ).split(" "),
);

/** Of these, what moves into a process all the same. */
export const PIPE_ENDS: ReadonlySet<string> = new Set(["PipeWriter", "PipeReader"]);

/** Declared by Node's types: what stands for something of the operating system or of this thread's event loop. */
const OF_NODE = new Set(
  (
    "Socket Server TLSSocket ChildProcess FileHandle Dir FSWatcher ReadStream WriteStream Readable Writable Duplex " +
    "Transform PassThrough Worker MessagePort MessageChannel BroadcastChannel Timeout Immediate NodeTimer ClientRequest " +
    "IncomingMessage ServerResponse Http2Session Http2Server Interface AbortSignal AbortController"
  ).split(" "),
);

const PASSES =
  ts.TypeFlags.Any |
  ts.TypeFlags.Unknown |
  ts.TypeFlags.Never |
  ts.TypeFlags.Instantiable |
  ts.TypeFlags.NonPrimitive;
const DEEPEST = 8;

interface Sendability {
  readonly program: ts.Program;
  /** Whether it goes where memory is shared; handles do not leave it. */
  readonly to: Destination;
  /** Whether a file is the person's own. */
  readonly isOwn: (file: ts.SourceFile) => boolean;
}

/** What of a value of this type is refused, the certain before the uncertain. */
export function whatIsNotSend(
  type: ts.Type,
  path: string,
  at: ts.Node,
  { program, to, isOwn }: Sendability,
): Refused | undefined {
  const checker = program.getTypeChecker();
  const seen = new Set<ts.Type>();

  const look = (
    type: ts.Type,
    path: string,
    certain: boolean,
    depth: number,
  ): Refused | undefined => {
    if (type.flags & PASSES) return undefined;
    if (type.isUnion()) return worst(type.types, (one) => look(one, path, false, depth));
    if (!(type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection))) return undefined;
    if (seen.has(type) || depth > DEEPEST) return undefined;
    seen.add(type);
    const known =
      reasonFor(type, program) ??
      reasonOfBase(type, program) ??
      (to === "thread" ? undefined : reasonOfMemory(type, to));
    if (known) {
      const { what, why, remedy, member } = known;
      return { what, why, remedy, certain, path: member ? `${path}.${member}` : path };
    }
    if (checker.isTupleType(type)) {
      const elements = checker.getTypeArguments(type as ts.TypeReference);
      return worst(elements.entries(), ([index, element]) =>
        look(element, `${path}[${index}]`, certain, depth + 1),
      );
    }
    const parts = containerParts(type, checker);
    if (parts) {
      return worst(parts, ([suffix, part]) => look(part, `${path}${suffix}`, false, depth + 1));
    }
    if (!hasOwnFields(type)) return undefined;
    return worst(fieldsOf(type), (field) => {
      const optional = (field.flags & ts.SymbolFlags.Optional) !== 0;
      const fieldType = checker.getTypeOfSymbolAtLocation(field, at);
      return look(fieldType, `${path}.${fieldName(field)}`, certain && !optional, depth + 1);
    });
  };

  /** Own classes, interfaces and object types: what has its data in fields that are declared. */
  const hasOwnFields = (type: ts.Type): boolean => {
    const declaration = type.getSymbol()?.declarations?.[0];
    return !declaration || isOwn(declaration.getSourceFile());
  };

  return look(type, path, true, 0);
}

function reasonFor(type: ts.Type, program: ts.Program): Reason | undefined {
  const symbol = type.getSymbol();
  const declaration = symbol?.declarations?.[0];
  if (!declaration) return undefined;
  const file = declaration.getSourceFile();
  if (moduleOf(declaration)) return OF_OURS.get(symbol.name);
  if (program.isSourceFileDefaultLibrary(file)) return OF_LANGUAGE.get(symbol.name);
  const ofNode =
    file.fileName.includes("/node_modules/@types/node/") || symbol.name === "NodeTimer";
  if (ofNode && OF_NODE.has(symbol.name)) {
    const what = `Node's ${symbol.name === "NodeTimer" ? "Timeout" : symbol.name}`;
    return bound(what);
  }
  return file.fileName.includes("/node_modules/") ? reasonOfPackage(symbol) : undefined;
}

function reasonOfMemory(type: ts.Type, to: "process" | "parent"): Reason | undefined {
  const name = stdTypeName(type);
  if (name === undefined || !OF_MEMORY.has(name)) return undefined;
  const isPipe = PIPE_ENDS.has(name);
  if (isPipe && to === "process") return undefined;
  const { why, remedy } = isPipe ? ONLY_DOWN : OF_ONE_MEMORY;
  return reason(`${/^[AEIO]/.test(name) ? "an" : "a"} ${name}`, why, remedy);
}

/** An instance is also one of the classes that its class extends. */
function reasonOfBase(type: ts.Type, program: ts.Program): Reason | undefined {
  const symbol = type.getSymbol();
  if (!symbol || !(symbol.flags & ts.SymbolFlags.Class)) return undefined;
  const declared = (type as ts.TypeReference).target ?? type;
  for (const base of declared.getBaseTypes() ?? []) {
    const known = reasonFor(base, program) ?? reasonOfBase(base, program);
    if (!known) continue;
    return known.member
      ? known
      : { ...known, what: `an instance of ${symbol.name}, which extends ${base.symbol.name}` };
  }
  return undefined;
}

/** What declarations write for all `#private` members of a class. */
const SOME_PRIVATE = "#private";

/** Instances of packages' classes cross when all their state is plain properties; declarations tell `#private` members. */
function reasonOfPackage(symbol: ts.Symbol): Reason | undefined {
  const name = symbol.declarations
    ?.filter(ts.isClassLike)
    .flatMap(({ members }) => [...members])
    .filter((member) => !isStatic(member))
    .map(({ name }) => name)
    .find((name) => name && ts.isPrivateIdentifier(name))
    ?.getText();
  if (name === undefined) return undefined;
  const instance = `an instance of ${symbol.name}, a class of a package`;
  const why = "no other code than that class can reach it";
  const remedy = "Let its data cross in a plain object, and make the instance in the other thread.";
  return name === SOME_PRIVATE
    ? reason(`${instance} that has #private state`, why, remedy)
    : { ...reason(`private state of ${instance}`, why, remedy), member: name };
}

function isStatic(member: ts.ClassElement): boolean {
  const modifiers = ts.canHaveModifiers(member) ? ts.getModifiers(member) : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) ?? false;
}

/** What collections of the language hold, none of which need be there. */
function containerParts(
  type: ts.Type,
  checker: ts.TypeChecker,
): (readonly [string, ts.Type])[] | undefined {
  if (checker.isArrayType(type)) {
    const [element] = checker.getTypeArguments(type as ts.TypeReference);
    return element ? [["[]", element]] : [];
  }
  const name = type.getSymbol()?.name;
  const types = (type as ts.TypeReference).target
    ? checker.getTypeArguments(type as ts.TypeReference)
    : [];
  const [first, second] = types;
  if ((name === "Map" || name === "ReadonlyMap") && first && second) {
    return [
      [" (a key)", first],
      [" (a value)", second],
    ];
  }
  return (name === "Set" || name === "ReadonlySet") && first
    ? [[" (an element)", first]]
    : undefined;
}

/** Data, as opposed to methods and accessors. */
function fieldsOf(type: ts.Type): ts.Symbol[] {
  return type.getProperties().filter((property) => {
    if (
      property.flags &
      (ts.SymbolFlags.Method | ts.SymbolFlags.Accessor | ts.SymbolFlags.Prototype)
    )
      return false;
    return (property.flags & ts.SymbolFlags.Property) !== 0;
  });
}

/** Private names are mangled in symbols: `__#3@#handle`. */
function fieldName({ name }: ts.Symbol): string {
  return name.startsWith("__#") ? name.slice(name.indexOf("@") + 1) : name;
}

/** The first certain refusal, else the first uncertain one. */
function worst<Item>(
  items: Iterable<Item>,
  ask: (item: Item) => Refused | undefined,
): Refused | undefined {
  let uncertain: Refused | undefined;
  for (const item of items) {
    const refused = ask(item);
    if (refused?.certain) return refused;
    uncertain ??= refused;
  }
  return uncertain;
}
