/** What is said of annotations: TL12xx. `docs/annotations.md` has the annotations themselves. */
import { message } from "./message.ts";

export const ANNOTATION_MESSAGES = {
  nearMiss: message({
    code: "TL1201",
    text: "There is no annotation @{written}; @{name} is meant?",
    remedy: "Write @{name}, or rename the tag if it is meant for another tool.",
    explanation:
      "Annotations are read from comments, where a misspelt one would silently do nothing: a thread that never starts, a " +
      "condition that is never looked at. So a name that is almost one of ours is pointed out. Tags of JSDoc, TSDoc and " +
      "TypeDoc are left alone.",
    values: ["written", "name"],
  }),
  wrongComment: message({
    code: "TL1202",
    text: "@{name} is not read from this kind of comment.",
    remedy: "Write {right}.",
    explanation:
      "Annotations of a declaration (`@shared`, `@thread`, `@guardedBy`) stand in a documentation comment before it, " +
      "`/** @shared */`, where editors show them on hover. Those of a file or a statement (`@threadloom`, `@expect`, " +
      "`@invariant`, `@final`, `@label`) stand in a line comment of their own, `// @final counter === 2`.",
    values: ["name", "right"],
  }),
  misplaced: message({
    code: "TL1203",
    text: "@{name} has no meaning here.",
    remedy: "{where}",
    explanation:
      "Each annotation belongs to a kind of place: `@threadloom` and `@expect` to the head of the file, `@invariant` and " +
      "`@final` to the top level, `@shared` to a variable, `@guardedBy` to a `@shared` variable, `@thread` to a function of " +
      "the top level, `@label` to a statement.",
    values: ["name", "where"],
  }),
  repeated: message({
    code: "TL1204",
    text: "@{name} stands here a second time.",
    remedy: "Keep one of the two.",
    explanation: "Two annotations of the same kind on one place could contradict each other.",
    values: ["name"],
  }),
  unknownOption: message({
    code: "TL1205",
    text: '@threadloom has no option "{key}".',
    remedy:
      "The options are model, cores, quantum, seed, preemptions and spurious, each as key=value.",
    explanation:
      "The head `// @threadloom` may carry options: `model=parallel|timesliced|cooperative|green`, `cores=N`, `quantum=N`, " +
      "`seed=N`, `preemptions=N`, `spurious=N`, with spaces between them.",
    values: ["key"],
  }),
  badOptionValue: message({
    code: "TL1206",
    text: '"{value}" is no value for {key}: {expected} is expected.',
    remedy: "Write {key}= and {expected}.",
    explanation:
      "`model` is one of `parallel`, `timesliced`, `cooperative` and `green`; `cores` is 1 to 256, `quantum` (in ticks) at " +
      "least 1; `seed`, `preemptions` and `spurious` are whole numbers from 0.",
    values: ["key", "value", "expected"],
  }),
  repeatedOption: message({
    code: "TL1207",
    text: "The option {key} is given twice.",
    remedy: "Keep one of the two.",
    explanation: "Each option of `// @threadloom` may stand there once.",
    values: ["key"],
  }),
  badExpectation: message({
    code: "TL1208",
    text: '"{value}" is nothing that can be expected.',
    remedy: "Write ok, or the kind of one finding: {kinds}.",
    explanation:
      "`// @expect K` makes a program a test: K is `ok`, or what exploring the program must find.",
    values: ["value", "kinds"],
  }),
  badThread: message({
    code: "TL1209",
    text: '"{text}" does not belong behind @thread.',
    remedy: "Write @thread, then a name if you like, then xN for N threads: `@thread reader x3`.",
    explanation:
      "`/** @thread [name] [xN] */` starts a function as a thread when the top-level code has finished, or N threads of it, " +
      "N from 1 to 256. A name is letters, digits, `_`, `$`, `.` and `-`, and does not begin with a digit.",
    values: ["text"],
  }),
  threadParameters: message({
    code: "TL1210",
    text: "{function} cannot be a @thread: {reason}.",
    remedy:
      "A @thread function takes nothing, or its index as one plain parameter (0 for the first of xN). Use spawn(() => …) to hand over more.",
    explanation:
      "Nobody calls a `@thread` function with arguments: it is started when the top-level code has finished. One parameter " +
      "is its index, from 0 to N-1. What it needs beyond that it takes from module-level variables, which cross as with `spawn`.",
    values: ["function", "reason"],
  }),
  notShareable: message({
    code: "TL1211",
    text: "{variable} cannot be @shared: {path} is {what}.",
    remedy: "Use a Mutex for it: `const {variable} = new Mutex(…)`.",
    explanation:
      "A `@shared` variable lives in shared memory, cell by cell: numbers, booleans, bigints, strings, objects of a fixed " +
      "shape and arrays of these. Instances of classes, functions, maps, sets, dates and promises have parts that no cell can " +
      "hold. A Mutex takes plain data and instances of your own classes.",
    values: ["variable", "path", "what"],
  }),
  sharedByItself: message({
    code: "TL1212",
    text: "{variable} is {what}, which is shared as it is.",
    remedy: "Remove @shared.",
    explanation:
      "Locks, atomics, channels and the other objects of `threadloom:std` are made for several threads: a thread that " +
      "captures one uses the same one. `@shared` is for plain variables.",
    values: ["variable", "what"],
  }),
  sharedConstant: message({
    code: "TL1213",
    text: "{variable} never changes, so that it needs no @shared.",
    remedy: "Remove @shared, or declare it with let if it should change.",
    explanation:
      "A `const` of a number, a string or the like is the same for every thread anyway. Sharing it costs time and shows " +
      "reads that cannot matter.",
    values: ["variable"],
  }),
  sharedDeclaration: message({
    code: "TL1214",
    text: "A variable that is declared by {how} cannot be @shared.",
    remedy: "Declare it by let or const, with a name of its own.",
    explanation:
      "A `@shared` variable has a place in shared memory under its own name. A pattern takes values apart, `using` disposes " +
      "at the end of a block, a loop makes a new variable each time, `declare` makes none at all.",
    values: ["how"],
  }),
  guardMissing: message({
    code: "TL1215",
    text: "@guardedBy needs the name of one lock.",
    remedy: "Write the name of a module-level Mutex or RwLock behind it: `@guardedBy m`.",
    explanation:
      "`/** @shared @guardedBy m */` says which lock every access to the variable must hold.",
    values: [],
  }),
  guardUnknown: message({
    code: "TL1216",
    text: "@guardedBy {name}: {reason}.",
    remedy: "Name a module-level variable that holds a Mutex or an RwLock.",
    explanation:
      "The lock has to be known by name wherever the variable is: a variable of the module's top level, declared or " +
      "imported, that holds a Mutex or an RwLock.",
    values: ["name", "reason"],
  }),
  guardUnchecked: message({
    code: "TL1217",
    text: "@guardedBy {name} is not checked: {name} is not made where it is declared.",
    remedy: "Make it there: `const {name} = new Mutex(…)`.",
    explanation:
      "Runs and explorations know a lock by the place where it is made, and check every access of the variable against it. A " +
      "lock that a function returns, or that comes out of an array, has no place of its own.",
    values: ["name"],
  }),
  conditionMissing: message({
    code: "TL1218",
    text: "@{name} needs a condition.",
    remedy:
      "Write an expression over the module's variables behind it: `// @{name} counter === 2`.",
    explanation:
      "`@final` holds when all threads have ended, `@invariant` after every step. Both take one expression of TypeScript, on " +
      "one line.",
    values: ["name"],
  }),
  conditionSyntax: message({
    code: "TL1219",
    text: "The condition of @{name} is no expression: {reason}",
    remedy: "Write one expression of TypeScript, on one line.",
    explanation:
      "The text behind `@final` and `@invariant` is parsed as one expression of TypeScript; the whole of the line belongs to it.",
    values: ["name", "reason"],
  }),
  conditionChanges: message({
    code: "TL1220",
    text: "The condition of @{name} must only look, and this {does}.",
    remedy: "Compare with ===, and do the work in the program itself.",
    explanation:
      "Conditions are evaluated by the engine, outside every thread, as often as it likes. One that changes something, " +
      "creates something or waits would make a difference to the program that it watches.",
    values: ["name", "does"],
  }),
  conditionName: message({
    code: "TL1221",
    text: "The condition of @{name} uses {unknown}, which is no name of this module.",
    remedy:
      "Use names of the module's top level; a variable inside a function has no value when the condition is looked at.",
    explanation:
      "The engine evaluates a condition outside every function, so that it sees what the top level of the module declares or " +
      "imports, and globals such as `Math`.",
    values: ["name", "unknown"],
  }),
  conditionBlocks: message({
    code: "TL1222",
    text: "The condition of @{name} calls {call}(), which may block or take something.",
    remedy:
      "Read a lock's value as `lock.value` and a channel's length as `rx.length`; `load()` of an atomic is fine.",
    explanation:
      "A condition is evaluated outside every thread and never blocks. So it cannot lock, join or receive; it reads a lock's " +
      "value by `.value`, a channel's length by `.length`.",
    values: ["name", "call"],
  }),
  labelMissing: message({
    code: "TL1223",
    text: "@label needs a text.",
    remedy: "Write what the timeline should show behind it: `// @label half done`.",
    explanation:
      "`// @label text` before a statement makes a mark with that text each time the statement runs.",
    values: [],
  }),
  lockDetails: message({
    code: "TL1224",
    text: '"{text}" does not belong behind @{name}.',
    remedy: "Put explanations on a line of their own.",
    explanation:
      "`@shared` takes nothing, `@guardedBy` one name. What follows on the same line would be lost.",
    values: ["text", "name"],
  }),
} as const;
