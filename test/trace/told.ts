/**
 * Traces told line by line, for tests:
 *
 *     traceOf(`
 *       0   main  threadStart
 *       1   main  create mutex db      bank.ts:3
 *       9   w1    block db main        bank.ts:14
 *       20  w1    lock db              bank.ts:14
 *       80  ends  finished
 *     `)
 *
 * A line is: microseconds, thread, event (as in `EventKind`), then in any order a place, an object and an argument (a
 * number, a thread (main, w1, w2 …), another object, or a text in quotes). Threads, objects and sites come to be where they are first
 * named. A `block` may say `in-recv`, `in-send` …. Versions count up per object. Everything goes through the real writer and reader.
 */
import { ChannelOperation } from "../../src/objects/channel.ts";
import { ListenerOperation } from "../../src/objects/listener.ts";
import { MutexOperation } from "../../src/objects/mutex.ts";
import { ThreadOperation } from "../../src/objects/thread.ts";
import { EventKind, OBJECT_KINDS } from "../../src/trace/event.ts";
import type { Finding } from "../../src/trace/finding.ts";
import type { Ending, OutputLine, Site } from "../../src/trace/tables.ts";
import { Timeline } from "../../src/trace/timeline/timeline.ts";
import type { Trace } from "../../src/trace/trace.ts";
import { piecesOf, readTrace, type Record } from "./records.ts";

export interface Telling {
  /** How the collector found the records: as they happened, or one thread after the other, last one first. */
  readonly order?: "time" | "threads";
  readonly findings?: readonly Finding[];
  readonly output?: readonly OutputLine[];
  readonly engine?: "native" | "model";
}

/** Behind a `block`: in which operation. */
const WAITING: Readonly<{ [word: string]: number | undefined }> = {
  "in-lock": MutexOperation.LOCK,
  "in-join": ThreadOperation.JOIN,
  "in-recv": ChannelOperation.RECEIVE,
  "in-send": ChannelOperation.SEND,
  "in-poll": ListenerOperation.READABLE,
};
const MARKS: ReadonlySet<string> = new Set([
  "create",
  "block",
  "capacity",
  "lockForTasks",
  "label",
  "regionBegin",
  "regionEnd",
]);
const ABOUT_THREADS: ReadonlySet<string> = new Set(["threadStart", "threadEnd", "spawn", "join"]);

class Teller {
  readonly threads: string[] = [];
  readonly objects = new Map<string, number>();
  readonly sites = new Map<string, Site>();
  readonly strings: string[] = [];
  readonly records: Record[] = [];
  ending: { ending: Ending; durationNs: number } | undefined;
  readonly #versions = new Map<number, number>();

  line(text: string): void {
    const [time, who, what, ...rest] = text.match(/"[^"]*"|\S+/g)!;
    if (who === "ends") {
      const ending = { kind: what, ...(what === "exited" ? { code: Number(rest[0]) } : {}) };
      this.ending = { ending: ending as Ending, durationNs: Number(time) * 1000 };
      return;
    }
    const kind = EventKind[what as keyof typeof EventKind];
    if (kind === undefined) throw new Error(`no event: ${what}`);
    const thread = this.thread(who);
    const record = {
      time: Number(time) * 1000,
      kind,
      thread,
      object: 0,
      version: 0,
      argument: 0,
      site: 0,
    };
    if (what === "threadStart" || what === "threadEnd") record.object = this.object(who);
    if (what === "threadStart") record.argument = -1;
    if (what === "block" || what === "label" || what === "regionBegin") record.argument = -1;
    if (what === "create") record.argument = OBJECT_KINDS.indexOf(rest.shift() as "mutex");
    let named: string | undefined;
    for (const word of rest) {
      const waiting = WAITING[word];
      if (waiting !== undefined) record.version = waiting + 1;
      else if (/^-?\d+$/.test(word)) record.argument = Number(word);
      else if (word.startsWith('"')) record.argument = this.strings.push(word.slice(1, -1)) - 1;
      else if (/:\d+$/.test(word))
        record.site = this.site(word, what === "create" ? named : undefined);
      else if (/^(main|w\d+)$/.test(word)) {
        record.argument = this.thread(word);
        if (ABOUT_THREADS.has(what) && what !== "threadStart") record.object = this.object(word);
        else if (what === "block" && record.object === 0) record.object = this.object(word);
      } else if (record.object === 0 || ABOUT_THREADS.has(what)) {
        named = word;
        record.object = this.object(word);
      } else record.argument = this.object(word);
    }
    if (!MARKS.has(what) && record.object !== 0) {
      record.version = (this.#versions.get(record.object) ?? 0) + 1;
      this.#versions.set(record.object, record.version);
    }
    this.records.push(record);
  }

  thread(name: string): number {
    const known = this.threads.indexOf(name);
    return known >= 0 ? known : this.threads.push(name) - 1;
  }

  object(name: string): number {
    const known = this.objects.get(name);
    if (known !== undefined) return known;
    this.objects.set(name, this.objects.size + 1);
    return this.objects.size;
  }

  site(place: string, name: string | undefined): number {
    const [file, line] = place.split(":");
    const at = { file: file, line: Number(line), column: 1, endLine: Number(line), endColumn: 9 };
    const kind = name === undefined ? "call" : "new";
    if (!this.sites.has(place)) {
      this.sites.set(place, { ...at, kind, ...(name === undefined ? {} : { name }) });
    }
    return [...this.sites.keys()].indexOf(place) + 1;
  }
}

export function fileOf(told: string, telling: Telling = {}): Uint8Array[] {
  const teller = new Teller();
  for (const line of told.split("\n")) if (line.trim() !== "") teller.line(line.trim());
  const { records } = teller;
  if (telling.order === "threads") records.sort((a, b) => b.thread - a.thread);
  return piecesOf({
    program: "bank.ts",
    ...telling,
    sites: [...teller.sites.values()],
    threads: teller.threads.map((name) => ({ name, object: teller.object(name) })),
    strings: teller.strings,
    records,
    ...(teller.ending && { end: teller.ending }),
  });
}

function traceOf(told: string, telling?: Telling): Trace {
  return readTrace(...fileOf(told, telling));
}

export function timelineOf(told: string, telling?: Telling): Timeline {
  const timeline = new Timeline(traceOf(told, telling));
  timeline.advance();
  return timeline;
}

/** The object's id by its name. */
export function idOf(timeline: Timeline, name: string): never {
  const found = timeline.objects.find((object) => timeline.nameOf(object.id) === name);
  if (found === undefined) throw new Error(`nothing is called ${name}`);
  return found.id as never;
}
