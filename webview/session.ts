/**
 * The run that is shown: takes the host's messages, reads the trace's bytes as they come, and makes a picture of what is
 * there, as often as that takes a quarter of the time and no oftener.
 */
import { TRACE_MESSAGES } from "../src/base/catalogue/trace.ts";
import { VIEW_PROTOCOL, type ToView } from "../src/protocol/webview.ts";
import { problem, type TraceProblem } from "../src/trace/problem.ts";
import { TraceReader } from "../src/trace/reader.ts";
import { Timeline } from "../src/trace/timeline/timeline.ts";
import type { Frames } from "./frame.ts";
import type { Host } from "./host.ts";
import { checkMessage } from "./messages.ts";
import { foundHit, keptHit } from "./model/hit.ts";
import { Picture } from "./model/picture.ts";
import { EMPTY_STATE, isOver, type Kept, type PanelState } from "./model/state.ts";
import type { Store } from "./store.ts";
import { textIn, type Text } from "./strings.ts";

/**
 * A long trace that comes as a whole is understood part by part: the first picture stands after this many milliseconds,
 * over the whole length of the run, and is filled from the left; each further part may take twice as long as the last.
 */
const FIRST_PART = 60;
/** Records that are taken in between two looks at the clock. */
const STRIDE = 16_384;

/** After a picture that took one millisecond to make, the next is made no sooner than in so many. */
const REST = 3;

export class Session {
  readonly #host: Host;
  readonly #store: Store<PanelState>;
  readonly #frames: Frames;
  readonly #kept: Kept | null;
  #reader: TraceReader | null = null;
  #timeline: Timeline | null = null;
  #problem: TraceProblem | undefined;
  #offset = 0;
  #nextRefresh = 0;
  #part = FIRST_PART;
  /** What was selected before the page was hidden, until it has been found again. */
  #sought: Kept["selected"] = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  text: Text = textIn({});

  constructor(host: Host, store: Store<PanelState>, frames: Frames, kept: Kept | null) {
    this.#host = host;
    this.#store = store;
    this.#frames = frames;
    this.#kept = kept;
  }

  /** Begins to listen, and says so to the host. */
  start(): void {
    this.#host.listen((value) => {
      const checked = checkMessage(value);
      if (checked.ok) this.take(checked.message);
      else this.#host.post({ type: "problem", text: `A message was refused: ${checked.why}.` });
    });
    this.#host.post({ type: "ready", protocol: VIEW_PROTOCOL });
  }

  take(message: ToView): void {
    if (message.type === "begin") return this.#begin(message);
    if (message.type === "cursor") {
      this.#store.set({
        lit: { file: message.file, line: message.line, endLine: message.endLine },
      });
      return;
    }
    // What still comes of a run before this one is nobody's any more.
    if (message.run !== this.#store.value.run) return;
    switch (message.type) {
      case "bytes":
        return this.#bytes(message.offset, message.bytes);
      case "status":
        return this.#status(message.phase, message.text);
      case "findings":
        return this.#store.set({ findings: message.findings });
      case "thread":
        return this.#store.set({ wanted: message.thread });
      case "problems":
        return this.#store.set({ problems: message.problems });
    }
  }

  #begin(message: Extract<ToView, { type: "begin" }>): void {
    const { value } = this.#store;
    this.text = textIn(message.strings);
    this.#reader = null;
    this.#timeline = null;
    this.#problem = undefined;
    this.#offset = 0;
    this.#nextRefresh = 0;
    const same = this.#kept?.run === message.run ? this.#kept : null;
    this.#part = FIRST_PART;
    this.#sought = same?.selected ?? null;
    this.#store.set({
      ...EMPTY_STATE,
      run: message.run,
      title: message.title,
      runAs: message.runAs ?? null,
      folded: value.folded,
      unlimited: value.unlimited,
      filter: message.again || same ? value.filter : "",
      // Whoever looked closer at something looks at it again in the next run.
      follow: same ? same.follow : message.again ? value.follow : true,
      tab: value.tab,
      lit: value.lit,
    });
  }

  #bytes(offset: number, bytes: Uint8Array): void {
    // A host that begins anew after a reload may send again what is here already.
    const known = this.#offset - offset;
    if (known < 0) {
      this.#host.post({
        type: "problem",
        text: `Bytes ${this.#offset} to ${offset} of the trace are missing.`,
      });
      return;
    }
    if (known < bytes.length) {
      // A trace that has ended mostly comes in one piece: room for all of it is made at once.
      this.#reader ??= new TraceReader({ expectedBytes: bytes.length });
      this.#timeline ??= new Timeline(this.#reader.trace);
      this.#problem = this.#reader.push(known > 0 ? bytes.subarray(known) : bytes);
      this.#offset = offset + bytes.length;
    }
    this.#host.post({ type: "took", run: this.#store.value.run!, offset: this.#offset });
    this.#refreshSoon();
  }

  #status(phase: PanelState["phase"] & string, text: string): void {
    this.#store.set({ phase, statusText: text });
    if (isOver(phase)) this.#refreshSoon();
  }

  /** Bytes may still come after a run has ended: what is missing now is not missing for good. */
  #wholeness({ trace }: Timeline): TraceProblem | null {
    if (this.#problem) return this.#problem;
    if (trace.end || !isOver(this.#store.value.phase)) return null;
    return problem("warning", TRACE_MESSAGES.truncated, { events: trace.events.count });
  }

  #refreshSoon(): void {
    const rest = this.#nextRefresh - performance.now();
    if (rest <= 0) this.#frames.request("data", this.#refresh);
    else this.#timer ??= setTimeout(() => this.#frames.request("data", this.#refresh), rest);
  }

  readonly #refresh = (): void => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#timeline) return;
    const began = performance.now();
    do this.#timeline.advance(STRIDE);
    while (!this.#timeline.isUpToDate && performance.now() - began < this.#part);
    this.#part = this.#timeline.isUpToDate ? FIRST_PART : this.#part * 2;
    const { value } = this.#store;
    const picture = new Picture(this.#timeline);
    const kept = value.selected ? keptHit(value.selected) : this.#sought;
    const selected = kept ? foundHit(picture, kept) : null;
    if (selected || picture.isWhole) this.#sought = null;
    this.#store.set({ picture, traceProblem: this.#wholeness(this.#timeline), selected });
    const now = performance.now();
    this.#nextRefresh = picture.isWhole ? now + (now - began) * REST : now;
    // After the picture that is painted in this frame.
    if (!picture.isWhole) setTimeout(() => this.#refreshSoon());
  };
}
