/** What is said of pipes, connections and listeners, and of what a poll found ready. */
import { formatBytes } from "../../src/base/byte-count.ts";
import { EventKind, type ObjectKindName } from "../../src/trace/event.ts";
import { ReadyFor } from "../../src/trace/timeline/readiness.ts";
import { grouped, type Text } from "../strings.ts";
import type { Hit } from "./hit.ts";
import { medianQueued } from "./median-queued.ts";
import type { Picture } from "./picture.ts";
import type { SourceLane } from "./source-lane.ts";
import type { WireLane } from "./wire-lane.ts";

/** What it needs of the words of everything else. */
interface Speaker {
  readonly picture: Picture;
  readonly text: Text;
  thread(id: number): string;
  duration(time: number): string;
}

export class WireWords {
  readonly #words: Speaker;

  constructor(words: Speaker) {
    this.#words = words;
  }

  /** What a lane comes to: how much went through it, how long that was under way, how much at most. */
  note(lane: WireLane): string {
    const { text } = this.#words;
    const { messages, depth } = lane;
    const median = this.#words.duration(medianQueued(messages));
    if (lane.isListener) {
      const connections = text.count("count.connections", messages.count);
      return text("lane.listenerNote", { connections, median, depth: grouped(depth.maximum) });
    }
    const most = formatBytes(depth.maximum);
    return text("lane.wireNote", { bytes: formatBytes(lane.bytes), median, depth: most });
  }

  /** "clients → main", as far as that is known: which way bytes go. */
  direction(lane: WireLane): string {
    const { from, to } = lane.ends;
    if (from < 0) return "";
    const sender = this.#words.thread(from);
    return to < 0 ? `${sender} →` : `${sender} → ${this.#words.thread(to)}`;
  }

  /** "12 B"; of a connection its number, of the stream's end that it is that. */
  size(lane: WireLane, index: number): string {
    const { text } = this.#words;
    if (lane.isListener) return `#${index + 1}`;
    const bytes = lane.bytesOf(index);
    return bytes > 0
      ? formatBytes(bytes)
      : text(this.#isReset(lane, index) ? "wire.reset" : "wire.end");
  }

  /** "12 B in stream, clients to main". */
  parcel({ lane, index }: { readonly lane: WireLane; readonly index: number }): string {
    const { text } = this.#words;
    const { from, to } = lane.messages;
    const what = lane.isListener
      ? text("hit.connection", { number: index + 1, listener: lane.name })
      : text("hit.parcel", { what: this.size(lane, index), wire: lane.name });
    const sender = this.#words.thread(from[index]);
    const route =
      to[index] < 0
        ? text("hit.unreceived", { from: sender })
        : text("hit.route", { from: sender, to: this.#words.thread(to[index]) });
    return `${what}, ${route}`;
  }

  /** "bytes to read", "somebody to accept": the longest first. */
  ready(what: ReadyFor, kind: ObjectKindName | undefined): readonly string[] {
    const { text } = this.#words;
    switch (what) {
      case ReadyFor.reading: {
        const accepts = kind === "listener";
        return accepts
          ? [text("ready.accept"), text("ready.acceptShort")]
          : [text("ready.read"), text("ready.readShort")];
      }
      case ReadyFor.end:
        return [text("ready.end"), text("ready.endShort")];
      case ReadyFor.writing:
        return [text("ready.write"), text("ready.writeShort")];
    }
  }

  /** "stream had bytes to read". */
  readiness({ lane, row, index }: Extract<Hit, { kind: "ready" }>): string {
    const what = lane.rows[row].spans.value[index] as ReadyFor;
    const [said] = this.ready(what, lane.track.kind);
    return this.#words.text("hit.ready", { source: lane.name, what: said });
  }

  /** How often polls told it. */
  sourceNote(lane: SourceLane): string {
    return this.#words.text.count("lane.told", lane.marks.count);
  }

  #isReset(lane: WireLane, index: number): boolean {
    const { kind, argument } = this.#words.picture.events;
    const event = lane.messages.sentEvent[index];
    return kind[event] === EventKind.writerClosed && argument[event] === 1;
  }
}
