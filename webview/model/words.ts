/** What things on the timeline are called: on bands, in tooltips, in the panes and for a screen reader. */
import { isPolling, waitingWords } from "../../src/analysis/waiting.ts";
import { percent } from "../../src/analysis/words.ts";
import type { ObjectId, SiteId } from "../../src/base/brand.ts";
import { signalName } from "../../src/base/signals.ts";
import { EventKind } from "../../src/trace/event.ts";
import type { Place } from "../../src/trace/finding.ts";
import { Leaving } from "../../src/trace/timeline/core-track.ts";
import { fileName } from "../../src/trace/timeline/names.ts";
import type { Spans } from "../../src/trace/timeline/spans.ts";
import { ThreadState } from "../../src/trace/timeline/thread-track.ts";
import { ENGLISH, type StringKey, type Text } from "../strings.ts";
import { timesOf, type Hit } from "./hit.ts";
import type { ChannelLane, CoreLane, Lane, Picture, ThreadLane } from "./picture.ts";
import { formatDuration } from "../../src/base/duration.ts";
import type { LockLane } from "./lock-lane.ts";
import type { ProcessGroup } from "./process-group.ts";
import { lengthOf } from "./scale.ts";
import { formatMoment } from "./time.ts";
import { CellWords } from "./cell-words.ts";
import { TaskWords } from "./task-words.ts";
import { WireWords } from "./wire-words.ts";

const EVENT_NAMES = new Map<number, string>(
  Object.entries(EventKind).map(([name, kind]) => [kind, name]),
);

const LEAVING_NAMES = new Map(
  Object.entries(Leaving).map(([name, why]) => [why as number, name as keyof typeof Leaving]),
);

/** A hit in words. */
export interface Description {
  /** "worker-2 blocked on db" */
  readonly title: string;
  /** By the run's clock; 0 for a moment. */
  readonly duration: number;
  /** What else there is to say: how a thread came to a core, and why it left. */
  readonly note: string;
  readonly start: number;
  readonly end: number;
  readonly place: Place | undefined;
  /** The source text at that place. */
  readonly source: string | undefined;
}

/** What has no name is called by its kind and place: beside a lane, the place stands in the line below. */
const withoutPlace = ({ name, track }: Exclude<Lane, CoreLane | ThreadLane>): string =>
  name.startsWith(`${track.kind} at `) ? name.replace(/ at \S+/, "") : name;

/** How somebody holds it. */
export function howHeld({ track }: LockLane, alone: boolean): "hold" | "permit" | "read" | "write" {
  if (track.kind === "semaphore") return "permit";
  if (track.kind !== "rwlock") return "hold";
  return alone ? "write" : "read";
}

export class Words {
  readonly picture: Picture;
  readonly text: Text;
  /** Of pipes, connections, listeners and pollers. */
  readonly wires = new WireWords(this);
  readonly tasks = new TaskWords(this);
  readonly cells = new CellWords(this);

  constructor(picture: Picture, text: Text) {
    this.picture = picture;
    this.text = text;
  }

  thread(id: number): string {
    return this.picture.timeline.trace.threadName(id as never);
  }

  object(id: number): string {
    return id > 0 ? this.picture.timeline.nameOf(id as ObjectId) : "";
  }

  /** Of a label or region. */
  mark(argument: number, site: number): string {
    return this.picture.timeline.textOf(argument, site);
  }

  place(site: number): Place | undefined {
    return this.picture.timeline.trace.place(site as SiteId);
  }

  source(site: number): string | undefined {
    return this.picture.timeline.trace.site(site as SiteId)?.text;
  }

  /** "waits for worker-1 to end", "blocked on db". */
  state(spans: Spans, index: number): string {
    const object = spans.object[index];
    switch (spans.value[index] as ThreadState) {
      case ThreadState.running:
        return this.text("state.running");
      case ThreadState.blocked:
        return object > 0
          ? this.text("state.blockedOn", { object: this.object(object) })
          : this.text("state.blocked");
      case ThreadState.waiting:
        if (object <= 0) return this.text("state.waiting");
        return this.#isThread(object) && spans.other[index] >= 0
          ? this.text("state.join", { thread: this.object(object) })
          : `${waitingWords(this.picture.timeline, spans, index)} ${this.object(object)}`;
      case ThreadState.sleeping:
        return this.text("state.sleeping");
      case ThreadState.stalled:
        return this.text("state.stalled");
      case ThreadState.runnable:
        return this.text(this.picture.areWorkers ? "state.runnableGreen" : "state.runnable");
    }
  }

  /** The same, the longest form first, for wherever there is room. */
  stateForms(spans: Spans, index: number): readonly string[] {
    const full = this.state(spans, index);
    const object = spans.object[index];
    if (spans.value[index] === ThreadState.running) return [full];
    const timed = `${full} · ${this.duration(spans.end[index] - spans.start[index])}`;
    if (object <= 0) return [timed, full];
    const name = this.object(object);
    const joins = this.#isThread(object) && spans.other[index] >= 0;
    const short = joins
      ? this.text("state.joinShort", { thread: name })
      : isPolling(this.picture.timeline, spans, index)
        ? this.text("state.pollShort")
        : name;
    return [timed, full, short];
  }

  describe(hit: Hit): Description {
    const { start, end } = timesOf(hit);
    const site = this.#siteOf(hit);
    return {
      title: this.#title(hit),
      duration: end - start,
      note: hit.kind === "core" ? this.stay(hit.lane, hit.index) : "",
      start,
      end,
      place: this.place(site),
      source: this.source(site),
    };
  }

  /** "sent results", "printed": what an event was. */
  event(row: number): string {
    const { kind, object, argument, site } = this.picture.events;
    const what = kind[row];
    const key = `event.${EVENT_NAMES.get(what)}`;
    // A newer engine may record kinds that have no word yet.
    const verb = Object.hasOwn(ENGLISH, key)
      ? this.text(key as StringKey, { task: argument[row] })
      : this.text("event.other", { kind: what });
    switch (what) {
      case EventKind.processEnd:
        return this.#processEnded(object[row]) ?? verb;
      case EventKind.label:
      case EventKind.regionBegin:
      case EventKind.regionEnd:
        return `${verb} “${this.mark(argument[row], site[row])}”`;
      case EventKind.threadStart:
      case EventKind.threadEnd:
      case EventKind.sleep:
      case EventKind.yield:
      case EventKind.stall:
      case EventKind.output:
      case EventKind.panic:
        return verb;
      default:
        return object[row] > 0
          ? `${verb} ${this.object(object[row])}${this.cells.came(row)}`
          : verb;
    }
  }

  /** What a thread did, without saying which thread. */
  what(hit: Hit): string {
    if (hit.kind === "state") return this.state(hit.lane.track.states, hit.index);
    if (hit.kind === "core") return `${this.core(hit.lane)}: ${this.stay(hit.lane, hit.index)}`;
    if (hit.kind === "mark") return this.event(hit.lane.marks.rows[hit.index]);
    return this.#title(hit);
  }

  /** "core 0" */
  core(lane: CoreLane): string {
    return this.text(this.picture.areWorkers ? "lane.systemThread" : "lane.core", {
      core: lane.id,
    });
  }

  /** How long a thread had waited for its core, why it left, and who came then. */
  stay(lane: CoreLane, index: number): string {
    const { spans, left } = lane.track;
    const waited = this.picture.events.version[spans.event[index]] ?? 0;
    const object = spans.object[index];
    const reason = LEAVING_NAMES.get(left.at[index]) ?? "not";
    const why = reason === "quantum" && this.picture.areWorkers ? "interrupted" : reason;
    const isThread = object > 0 && this.#isThread(object);
    const parts = [
      ...(waited > 0 ? [this.text("core.waited", { time: this.duration(waited) })] : []),
      this.text(isThread ? "core.left.joins" : `core.left.${why}`, { object: this.object(object) }),
      ...this.#after(lane, index),
    ];
    return parts.join("; ");
  }

  /** Who came to a core after somebody had left it. */
  #after({ track: { spans, left } }: CoreLane, index: number): readonly string[] {
    if (left.at[index] === Leaving.not) return [];
    const next = index + 1;
    if (next >= spans.count) return [this.text("core.nobody")];
    const idle = spans.start[next] - spans.end[index];
    const thread = this.thread(spans.value[next]);
    const came = this.text(spans.value[next] === spans.value[index] ? "core.same" : "core.next", {
      thread,
    });
    return idle > 0 ? [this.text("core.idle", { time: this.duration(idle) }), came] : [came];
  }

  /** "transfer.ts:14" */
  placeName(place: Place): string {
    return `${fileName(place.file)}:${place.line}`;
  }

  /** Beneath a thread's name: how many tasks it had, or else how much it recorded. */
  threadSub({ track, marks, tasks }: ThreadLane): string {
    return tasks.count > 0
      ? this.text.count(track.jobs > 0 ? "lane.jobs" : "lane.tasks", tasks.count)
      : this.text.count("lane.events", marks.count);
  }

  /** "ada", and of a lock for reading and writing what for: "ada reads". */
  holder(lane: LockLane, alone: boolean, thread: number): readonly string[] {
    const name = this.thread(thread);
    const how = howHeld(lane, alone);
    return how === "read" || how === "write"
      ? [this.text(`lock.${how}`, { thread: name }), name]
      : [name];
  }

  /** What is said of a lane when one points at its name. Works out the lane's sums. */
  note(lane: Lane): string {
    switch (lane.kind) {
      case "core": {
        const switches = this.text.count("lane.coreSub", lane.track.switches);
        const share = percent(lane.busy, lengthOf(this.picture.extent));
        return `${this.core(lane)} · ${this.text("lane.coreNote", { switches, share })}`;
      }
      case "thread":
        return [
          lane.name,
          this.text.count("lane.events", lane.marks.count),
          ...this.tasks.note(lane),
        ].join(" · ");
      case "cell":
        return `${lane.name} · ${this.cells.note(lane)}`;
      case "lock":
        return `${lane.name} · ${this.text("lane.lockNote", {
          kind: this.text(`kind.${lane.track.kind ?? "mutex"}`),
          time: this.duration(lane.waitedNs),
        })}`;
      case "channel":
        return `${this.laneName(lane)} · ${this.channelNote(lane)}`;
      case "wire":
        return `${lane.name} · ${this.wires.note(lane)}`;
      case "source":
        return `${lane.name} · ${this.wires.sourceNote(lane)}`;
    }
  }

  /** "ended with exit code 0", "killed by SIGKILL". */
  processEnd({ end }: ProcessGroup): string {
    switch (end.kind) {
      case "none":
        return this.text("process.runs");
      case "exited":
        return this.text("process.exited", { code: end.code });
      case "signalled":
        return this.text("process.signalled", { signal: signalName(end.signal) });
    }
  }

  /** Name, number and end of a process. */
  process(group: ProcessGroup): string {
    const { name, pid } = group;
    const parts = [
      this.text("process.head", { name, pid }),
      this.processEnd(group),
      this.text.count("process.threads", group.threads.length),
    ];
    return parts.join(" · ");
  }

  /** "messages to low", "messages from low", or what the lane is called. */
  laneName(lane: Lane): string {
    if (lane.kind === "core") return this.core(lane);
    // Beneath its process's heading.
    if (lane.kind === "thread") {
      return this.picture.timeline.trace.threads.get(lane.id)?.name ?? lane.name;
    }
    if (lane.kind !== "channel" || lane.line === undefined) return withoutPlace(lane);
    return this.text(`process.${lane.line}`, { process: lane.name });
  }

  channelNote(lane: ChannelLane): string {
    return this.text("lane.channelNote", {
      messages: this.text.count("count.messages", lane.messages.count),
      median: this.duration(lane.medianQueuedNs),
      depth: lane.depth.maximum,
    });
  }

  /** A moment, precise enough for what lies around it. */
  moment(time: number, around: number): string {
    return formatMoment(time, Math.max(around / 100, 1), this.picture.extent.clock);
  }

  /** "12.5 ms", "480 ticks". */
  duration(time: number): string {
    return formatDuration(time, this.picture.extent.clock);
  }

  /** "ended with exit code 1": by the process's own main thread. */
  #processEnded(object: number): string | undefined {
    const { trace } = this.picture.timeline;
    const id = [...trace.processes.values()].find((row) => row.object === object)?.id;
    const group = this.picture.processes.find((one) => one.id === id);
    return group && this.processEnd(group);
  }

  #isThread(object: number): boolean {
    return this.picture.timeline.object(object as ObjectId)?.kind === "thread";
  }

  #title(hit: Hit): string {
    switch (hit.kind) {
      case "core":
        return this.text("hit.core", {
          thread: this.thread(hit.lane.track.spans.value[hit.index]),
          core: this.core(hit.lane),
        });
      case "state":
        return this.text("hit.state", {
          thread: hit.lane.name,
          state: this.state(hit.lane.track.states, hit.index),
        });
      case "hold":
        return this.text("hit.hold", {
          thread: hit.lane.name,
          lock: this.object(hit.lane.holds[hit.row].spans.object[hit.index]),
        });
      case "task":
        return this.tasks.title(hit);
      case "held": {
        const { density, alone } = hit.lane.rows[hit.row];
        const key = `hit.${howHeld(hit.lane, alone)}` as const;
        const thread = this.thread(density.spans.value[hit.index]);
        return this.text(key, { thread, lock: hit.lane.name });
      }
      case "region": {
        const { spans } = hit.lane.regions[hit.row];
        const region = this.mark(spans.object[hit.index], spans.site[hit.index]);
        return this.text("hit.region", { thread: hit.lane.name, region });
      }
      case "mark": {
        const row = hit.lane.marks.rows[hit.index];
        const thread = this.thread(this.picture.events.thread[row]);
        return this.text("hit.state", { thread, state: this.event(row) });
      }
      case "ready":
        return this.wires.readiness(hit);
      case "message": {
        if (hit.lane.kind === "wire") return this.wires.parcel({ ...hit, lane: hit.lane });
        const { messages, name } = hit.lane;
        const channel = hit.lane.line === undefined ? name : this.laneName(hit.lane);
        const title = this.text("hit.message", { number: hit.index + 1, channel });
        const from = this.thread(messages.from[hit.index]);
        const to = messages.to[hit.index];
        const route =
          to < 0
            ? this.text("hit.unreceived", { from })
            : this.text("hit.route", { from, to: this.thread(to) });
        return `${title}, ${route}`;
      }
    }
  }

  #siteOf(hit: Hit): number {
    const { events } = this.picture;
    switch (hit.kind) {
      case "core":
        return hit.lane.track.spans.site[hit.index];
      case "state":
        return hit.lane.track.states.site[hit.index];
      case "hold":
        return hit.lane.holds[hit.row].spans.site[hit.index];
      case "region":
        return hit.lane.regions[hit.row].spans.site[hit.index];
      case "task":
        return this.tasks.siteOf(hit);
      case "held":
        return hit.lane.rows[hit.row].density.spans.site[hit.index];
      case "ready":
        return hit.lane.rows[hit.row].spans.site[hit.index];
      case "mark":
        return events.site[hit.lane.marks.rows[hit.index]];
      case "message":
        return events.site[hit.lane.messages.sentEvent[hit.index]] ?? 0;
    }
  }
}
