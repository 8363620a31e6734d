/** The runs that are compared: takes the host's messages, reads each trace as its bytes come, and makes its picture. */
import {
  COMPARE_PROTOCOL,
  TO_COMPARISON,
  type FromComparison,
  type ToComparison,
} from "../../src/protocol/compare-view.ts";
import { wrongField } from "../../src/base/shape.ts";
import { TraceReader } from "../../src/trace/reader.ts";
import { Timeline } from "../../src/trace/timeline/timeline.ts";
import type { Frames } from "../frame.ts";
import { Picture } from "../model/picture.ts";
import { isOver } from "../model/state.ts";
import type { Store } from "../store.ts";
import { textIn, type Text } from "../strings.ts";
import { EMPTY_COMPARISON, type ComparisonState, type ModelRow } from "./state.ts";

export interface ComparisonHost {
  post(message: FromComparison): void;
  /** What the panel comes back with after a reload of the window. */
  keep(state: unknown): void;
  listen(receive: (message: unknown) => void): void;
}

interface Reading {
  readonly reader: TraceReader;
  readonly timeline: Timeline;
  offset: number;
}

export class ComparisonSession {
  text: Text = textIn({});
  readonly #host: ComparisonHost;
  readonly #store: Store<ComparisonState>;
  readonly #frames: Frames;
  readonly #readings = new Map<string, Reading>();
  /** Runs of which more has come than is shown. */
  readonly #grown = new Set<string>();

  constructor(host: ComparisonHost, store: Store<ComparisonState>, frames: Frames) {
    this.#host = host;
    this.#store = store;
    this.#frames = frames;
  }

  start(): void {
    this.#host.listen((value) => {
      const why = whyRefused(value);
      if (why === undefined) this.take(value as ToComparison);
      else this.#host.post({ type: "problem", text: `A message was refused: ${why}.` });
    });
    this.#host.post({ type: "ready", protocol: COMPARE_PROTOCOL });
  }

  take(message: ToComparison): void {
    switch (message.type) {
      case "begin":
        return this.#begin(message);
      case "over":
        return this.#store.set({ over: true });
      case "status":
        // That a run is over is said when all of its bytes have been: its picture comes with it.
        if (isOver(message.phase)) this.#refresh();
        return this.#change(message.run, { phase: message.phase, statusText: message.text });
      case "problems":
        return this.#change(message.run, { problems: message.problems });
      case "bytes":
        return this.#bytes(message.run, message.offset, message.bytes);
    }
  }

  #begin({ title, program, rows, strings }: Extract<ToComparison, { type: "begin" }>): void {
    this.#host.keep({ program, rows });
    this.text = textIn(strings);
    this.#readings.clear();
    this.#grown.clear();
    const unknown = { phase: null, statusText: "", problems: null, picture: null };
    this.#store.set({
      ...EMPTY_COMPARISON,
      title,
      rows: rows.map((row) => ({ ...row, ...unknown })),
    });
  }

  #bytes(run: string, offset: number, bytes: Uint8Array): void {
    if (!this.#store.value.rows.some((row) => row.run === run)) return; // of a comparison before
    let reading = this.#readings.get(run);
    if (reading === undefined) {
      const reader = new TraceReader({ expectedBytes: bytes.length });
      reading = { reader, timeline: new Timeline(reader.trace), offset: 0 };
      this.#readings.set(run, reading);
    }
    const known = reading.offset - offset;
    if (known < 0) {
      const text = `Bytes ${reading.offset} to ${offset} of ${run} are missing.`;
      return this.#host.post({ type: "problem", text });
    }
    if (known < bytes.length) {
      reading.reader.push(known > 0 ? bytes.subarray(known) : bytes);
      reading.offset = offset + bytes.length;
      this.#grown.add(run);
      this.#frames.request("data", this.#refresh);
    }
    this.#host.post({ type: "took", run, offset: reading.offset });
  }

  readonly #refresh = (): void => {
    for (const run of this.#grown) {
      const { timeline } = this.#readings.get(run)!;
      timeline.advance();
      this.#change(run, { picture: new Picture(timeline) });
    }
    this.#grown.clear();
  };

  #change(run: string, change: Partial<ModelRow>): void {
    const { rows } = this.#store.value;
    this.#store.set({ rows: rows.map((row) => (row.run === run ? { ...row, ...change } : row)) });
  }
}

/** Undefined for a message of ours. */
function whyRefused(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return "it is no object";
  const { type } = value as { readonly type?: unknown };
  if (typeof type !== "string" || !Object.hasOwn(TO_COMPARISON, type)) {
    return `its type is ${JSON.stringify(type)}`;
  }
  const wrong = wrongField(value, TO_COMPARISON[type as ToComparison["type"]]);
  return wrong === undefined ? undefined : `"${wrong}" of "${type}" is not as it should be`;
}
