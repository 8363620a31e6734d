/**
 * The panel: what a person does, as functions; and what follows from the state (layout, what is found and lit), worked
 * out once for each change. Components call the one and read the other, and hold nothing themselves.
 */
import { findingsOf } from "../src/analysis/findings.ts";
import { storyOf } from "../src/analysis/story.ts";
import type { RunAs } from "../src/protocol/execution-model.ts";
import type { ViewCommand } from "../src/protocol/webview.ts";
import type { Finding, Place } from "../src/trace/finding.ts";
import type { Spans } from "../src/trace/timeline/spans.ts";
import { ThreadState } from "../src/trace/timeline/thread-track.ts";
import { extentOf, rowOf } from "./draw/boxes.ts";
import { NO_EMPHASIS, type Emphasis } from "./draw/emphasis.ts";
import { labelsOf } from "./draw/label-cache.ts";
import type { Labels } from "./draw/labels.ts";
import { Frames } from "./frame.ts";
import type { Host } from "./host.ts";
import { parseFilter, type ParsedFilter } from "./model/filter.ts";
import { findIn, isWanted, nextFound, type Found } from "./model/found.ts";
import { keptHit, sameHit, timesOf, type Hit } from "./model/hit.ts";
import { groupOf, layoutOf, type GroupName, type Layout } from "./model/layout.ts";
import { litBy, type Lit } from "./model/lit.ts";
import type { Picture } from "./model/picture.ts";
import { wholeRun, type Window } from "./model/scale.ts";
import {
  EMPTY_STATE,
  isOver,
  parseKept,
  type Kept,
  type PanelState,
  type Tab,
} from "./model/state.ts";
import { Words } from "./model/words.ts";
import { remembered } from "./remembered.ts";
import { Session } from "./session.ts";
import { Store } from "./store.ts";
import type { Text } from "./strings.ts";
import type { TimelineView } from "./view/timeline-view.ts";

/** What is under the pointer; apart from the panel's state, since it changes with every movement. */
export interface Hover {
  readonly hit: Hit | null;
  readonly x: number;
  readonly y: number;
}

/** While a run with more events than this goes on, its story waits for the end. */
const LONG_RUN = 50_000;

export class Panel {
  readonly host: Host;
  readonly frames = new Frames();
  readonly store: Store<PanelState>;
  readonly hover = new Store<Hover>({ hit: null, x: 0, y: 0 });
  readonly session: Session;
  view: TimelineView | null = null;
  /** The box in which one filters, for the key that goes there. */
  filterBox: HTMLInputElement | null = null;
  readonly #kept: Kept | null;
  #restored = false;
  #painted: string | null = null;
  #saving: ReturnType<typeof setTimeout> | undefined;
  #thinking: ReturnType<typeof setTimeout> | undefined;
  #thoughtOf: readonly Finding[] | null = null;

  constructor(host: Host) {
    this.host = host;
    this.#kept = parseKept(host.kept());
    const kept = this.#kept;
    const reader = document.body.classList.contains("vscode-using-screen-reader");
    this.store = new Store<PanelState>({
      ...EMPTY_STATE,
      folded: new Set(kept?.folded),
      filter: kept?.filter ?? "",
      tab: kept?.tab ?? (reader ? "table" : "details"),
    });
    this.session = new Session(host, this.store, this.frames, kept);
    this.store.watch(() => this.frames.request("words", this.#update));
    this.hover.watch(() => this.frames.request("words", this.#update));
  }

  get text(): Text {
    return this.session.text;
  }

  // ---- what follows from the state

  readonly #parsed = remembered(parseFilter);

  /** What is typed into the filter box, by the clock of the run that is shown. */
  get parsedFilter(): ParsedFilter {
    const { filter, picture } = this.store.value;
    return this.#parsed(filter, picture?.extent.clock ?? "nanoseconds");
  }

  readonly #words = remembered((picture: Picture, text: Text) => new Words(picture, text));
  readonly #found = remembered((parsed: ParsedFilter, words: Words): Found | null =>
    parsed.filter ? findIn(parsed.filter, words) : null,
  );
  readonly #lit = remembered((picture: Picture, lines: PanelState["lit"]): Lit | null =>
    lines ? litBy(picture, lines) : null,
  );
  readonly #layout = remembered(
    (
      picture: Picture,
      folded: ReadonlySet<GroupName>,
      unlimited: ReadonlySet<GroupName>,
      parsed: ParsedFilter,
    ): Layout =>
      layoutOf(picture, { folded, unlimited, wanted: (lane) => isWanted(parsed.filter, lane) }),
  );
  readonly #labels = remembered((words: Words, view: TimelineView): Labels =>
    labelsOf(words, view.measure),
  );

  words(picture: Picture): Words {
    return this.#words(picture, this.text);
  }

  found(picture: Picture): Found | null {
    return this.#found(this.parsedFilter, this.words(picture));
  }

  lit(picture: Picture): Lit | null {
    return this.#lit(picture, this.store.value.lit);
  }

  layout(picture: Picture): Layout {
    const { folded, unlimited } = this.store.value;
    return this.#layout(picture, folded, unlimited, this.parsedFilter);
  }

  // ---- what a person does

  command(command: ViewCommand): void {
    this.host.post({ type: "command", command });
  }

  /** Has the program run again, as this. */
  runAs(runAs: RunAs): void {
    this.store.set({ runAs });
    this.host.post({ type: "runAs", runAs });
  }

  reveal(place: Place, preserveFocus = true): void {
    const { file, line, column } = place;
    this.host.post({ type: "reveal", file, line, column, preserveFocus });
  }

  select(selected: Hit | null, cursor?: number): void {
    if (sameHit(selected, this.store.value.selected) && cursor === undefined) return;
    this.store.set({ selected, ...(cursor === undefined ? {} : { cursor }) });
  }

  /** Selects, and moves the lanes so that it is seen. */
  goTo(hit: Hit): void {
    const { start, end } = timesOf(hit);
    this.select(hit, start);
    const { picture } = this.store.value;
    if (picture) this.view?.reveal(start, end, extentOf(this.layout(picture), hit) ?? undefined);
  }

  /** Shows the moment of a finding, and selects what its first thread did then. */
  goToFinding(finding: Finding): void {
    const { picture } = this.store.value;
    if (picture && finding.time !== undefined) {
      // What ended the run is a moment before its end.
      const time = Math.min(finding.time, picture.extent.end - 1);
      this.store.set({ cursor: time });
      const lane = picture.thread(finding.threads?.[0] ?? -1);
      const { states } = lane?.track ?? {};
      for (let index = (states?.count ?? 0) - 1; lane && states && index >= 0; index--) {
        if (states.start[index] > time) continue;
        this.goTo({ kind: "state", lane, index });
        this.store.set({ cursor: time });
        return;
      }
      this.view?.reveal(time, time);
    }
  }

  /** Brings the lane of a thread into sight, folded or not, and selects what it waited for longest. */
  goToThread(thread: number): void {
    const { picture, folded } = this.store.value;
    const lane = picture?.thread(thread);
    if (!picture || !lane) return;
    const group = groupOf(picture, lane);
    if (folded.has(group)) this.fold(group);
    this.goTo({ kind: "state", lane, index: longestWait(lane.track.states) });
  }

  /** Brings the lane of an object into sight, folded or not. */
  showLane(object: number): void {
    const { picture, folded } = this.store.value;
    const lane =
      picture &&
      [
        ...[...picture.locks, ...picture.channels, ...picture.wires, ...picture.cells],
        ...picture.processes.flatMap(({ lines }) => lines),
      ].find((one) => one.id === object);
    if (!lane || !this.view) return;
    const group = groupOf(picture, lane);
    if (folded.has(group)) this.fold(group);
    const row = rowOf(this.layout(picture), lane);
    if (row) this.view.scrollTo(row);
  }

  nextMatch(): void {
    const { picture, cursor } = this.store.value;
    const found = picture && this.found(picture);
    const hit = found && nextFound(found, picture.threads, cursor ?? -1);
    if (hit) this.goTo(hit);
  }

  filter(filter: string): void {
    this.store.set({ filter });
  }

  fold(group: GroupName): void {
    const folded = new Set(this.store.value.folded);
    if (!folded.delete(group)) folded.add(group);
    this.store.set({ folded });
  }

  showAll(group: GroupName): void {
    this.store.set({ unlimited: new Set([...this.store.value.unlimited, group]) });
  }

  show(tab: Tab): void {
    this.store.set({ tab });
  }

  /** Shows the whole run, and goes on doing so while it grows. */
  followAgain(): void {
    this.store.set({ follow: true });
    this.view?.fit();
  }

  // ---- the lanes

  attach(view: TimelineView): void {
    this.view = view;
    this.#restored = false;
    this.frames.request("words", this.#update);
  }

  /** The window moved: by hand, a run that goes on is no longer followed. */
  moved(window: Window, byHand: boolean): void {
    this.#lastWindow = window;
    if (byHand && this.store.value.follow) this.store.set({ follow: false });
    this.#save();
  }

  painted(): void {
    this.#thinkSoon();
    const { run, picture } = this.store.value;
    if (run === null || picture === null || this.#painted === run || picture.events.count === 0)
      return;
    this.#painted = run;
    this.host.post({ type: "painted", run, events: picture.events.count });
  }

  /** What is said of the run is worked out when the picture stands, and while a long run goes on not at all. */
  #thinkSoon(): void {
    const { picture, insight, findings, phase } = this.store.value;
    if (!picture || picture.events.count === 0 || !picture.isWhole) return;
    if (insight?.picture === picture && this.#thoughtOf === findings) return;
    if (phase === "running" && picture.events.count > LONG_RUN && insight) return;
    if (this.#thinking !== undefined) return;
    this.#thinking = setTimeout(() => {
      this.#thinking = undefined;
      this.#think();
    });
  }

  #think(): void {
    const { picture, findings: told, phase } = this.store.value;
    if (!picture) return;
    const { timeline } = picture;
    const findings = told ?? (isOver(phase) ? findingsOf(timeline) : timeline.trace.findings);
    this.#thoughtOf = told;
    this.store.set({ insight: { picture, findings, story: storyOf(timeline, findings) } });
  }

  /** Hands the view what there is to draw. */
  readonly #update = (): void => {
    const { view } = this;
    const state = this.store.value;
    this.#save();
    if (!view || !state.picture) {
      if (!state.picture) this.#restored = false;
      return;
    }
    const { picture } = state;
    const emphasis: Emphasis = {
      ...NO_EMPHASIS,
      found: this.found(picture)?.spans ?? null,
      lit: this.lit(picture)?.marks ?? null,
      selected: state.selected,
      hovered: this.hover.value.hit,
      cursor: state.cursor,
      measured: state.measured,
    };
    const labels = this.#labels(this.words(picture), view);
    view.set({ picture, layout: this.layout(picture), labels, emphasis });
    this.#place(view, state, picture);
    if (state.wanted !== null && picture.thread(state.wanted)) {
      this.store.set({ wanted: null });
      this.goToThread(state.wanted);
    }
  };

  #shownFor: Picture | null = null;
  #lastWindow: Window | null = null;

  /** What the lanes show when a picture comes: what was kept, or the whole run as far as it goes. */
  #place(view: TimelineView, state: PanelState, picture: Picture): void {
    if (!this.#restored) {
      this.#restored = true;
      this.#shownFor = picture;
      const kept = this.#kept?.run === state.run ? this.#kept?.window : this.#lastWindow;
      view.show((state.follow ? null : kept) ?? wholeRun(picture.extent));
    } else if (this.#shownFor !== picture && state.follow) {
      this.#shownFor = picture;
      view.show(wholeRun(picture.extent));
    }
  }

  #save(): void {
    if (this.#saving !== undefined) return;
    this.#saving = setTimeout(() => {
      this.#saving = undefined;
      const { run, folded, filter, selected, cursor, follow, tab } = this.store.value;
      const kept: Kept = {
        version: 1,
        run,
        window: this.view && this.store.value.picture ? this.view.window : null,
        folded: [...folded],
        filter,
        selected: selected ? keptHit(selected) : null,
        cursor,
        follow,
        tab,
      };
      this.host.keep(kept);
    }, 250);
  }
}

/** Row of the longest span in which the thread was held up; the first of all if it never was. */
function longestWait({ count, start, end, value }: Spans): number {
  let longest = 0;
  let most = 0;
  for (let row = 0; row < count; row++) {
    const waits = value[row] === ThreadState.blocked || value[row] === ThreadState.waiting;
    if (!waits || end[row] - start[row] <= most) continue;
    most = end[row] - start[row];
    longest = row;
  }
  return longest;
}
