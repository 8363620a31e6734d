/**
 * The lanes of the run so far: the timeline's own panel over the bytes that the session sends, with its cursor at the moment
 * where the session stands. Pointing at an earlier time goes to the moment that was there.
 *
 * What follows from a trace that has ended (findings, story, table) is the timeline's business and not shown here.
 */
import { TraceReader } from "../../src/trace/reader.ts";
import { Timeline } from "../../src/trace/timeline/timeline.ts";
import type { MomentId } from "../../src/protocol/step.ts";
import { foundHit, keptHit } from "../model/hit.ts";
import { Picture } from "../model/picture.ts";
import { Panel } from "../panel.ts";
import type { Text } from "../strings.ts";
import type { StepperHost } from "./host.ts";
import type { HistoryRow } from "./model/history.ts";
import type { StepperState } from "./state.ts";

/** A picture of more events takes longer than a step should: it comes so many milliseconds after the step's own. */
const MANY = 10_000;
const LATER = 40;

/** What the lanes need of the stepper that they are in. */
export interface LanesOwner {
  readonly host: StepperHost;
  readonly store: { readonly value: Pick<StepperState, "session" | "now"> };
  history(): readonly HistoryRow[];
  goTo(moment: MomentId): void;
}

export class Lanes {
  readonly panel: Panel;
  readonly #stepper: LanesOwner;
  #reader: TraceReader | undefined;
  #timeline: Timeline | undefined;
  /** Bytes that are here. */
  #offset = 0;
  #later: ReturnType<typeof setTimeout> | undefined;
  /** Where the cursor was put by us: any other place is where somebody pointed. */
  #now: number | null = null;

  constructor(stepper: LanesOwner) {
    this.#stepper = stepper;
    this.panel = new Panel({
      kind: "vscode",
      post: (message) => {
        if (message.type === "reveal") stepper.host.post(message);
      },
      kept: () => undefined,
      keep: () => undefined,
      listen: () => undefined,
    });
    this.panel.store.watch(() => this.#pointed());
  }

  begin(title: string, text: Text): void {
    this.#reader = undefined;
    this.#timeline = undefined;
    this.#offset = 0;
    this.#now = null;
    this.panel.session.text = text;
    this.panel.store.set({ run: null, title, picture: null, selected: null, cursor: null });
  }

  /** Bytes of the run's trace. From 0 on it is another run: the picture of the last one stays until this one's is there. */
  take(offset: number, bytes: Uint8Array): void {
    if (offset === 0) {
      this.#reader = new TraceReader({ expectedBytes: bytes.length });
      this.#timeline = new Timeline(this.#reader.trace);
      this.#offset = 0;
    }
    // What came before was missed, and comes again with the next beginning.
    if (!this.#reader || offset !== this.#offset) return;
    this.#reader.push(bytes);
    this.#offset += bytes.length;
    this.arrive();
  }

  /** The session stands elsewhere. */
  arrive(): void {
    const events = this.#reader?.trace.events.count ?? 0;
    if (events <= MANY) this.panel.frames.request("data", this.#refresh);
    else this.#later ??= setTimeout(() => this.panel.frames.request("data", this.#refresh), LATER);
  }

  readonly #refresh = (): void => {
    clearTimeout(this.#later);
    this.#later = undefined;
    const timeline = this.#timeline;
    if (!timeline) return;
    const { store } = this.panel;
    let { picture, selected } = store.value;
    if (!timeline.isUpToDate || picture?.timeline !== timeline) {
      timeline.advance();
      picture = new Picture(timeline);
      selected = selected && foundHit(picture, keptHit(selected));
    }
    const { session, now } = this.#stepper.store.value;
    this.#now = now?.last?.traceTime ?? picture.extent.end;
    store.set({ run: session, phase: "running", picture, selected, cursor: this.#now });
  };

  #pointed(): void {
    const { cursor } = this.panel.store.value;
    if (cursor === null || cursor === this.#now) return;
    this.#now = cursor;
    const moment = this.#momentAt(cursor);
    if (moment !== undefined) this.#stepper.goTo(moment);
  }

  /** The last moment that had come by that time, on the way here; undefined where it has no times. */
  #momentAt(time: number): MomentId | undefined {
    let found: MomentId | undefined;
    for (const { moment, by, when } of this.#stepper.history()) {
      if (when === "undone") break;
      const at = by ? by.traceTime : 0;
      if (at === undefined) return undefined;
      if (at <= time) found = moment;
    }
    return found;
  }
}
