/**
 * The stepper: what a person does, as functions; and what follows from the session's state. Components call the one and read
 * the other. Nothing is guessed ahead: what is shown is what the session said.
 */
import type { ThreadId } from "../../src/base/brand.ts";
import type {
  Comparison,
  Frame,
  Going,
  MomentId,
  Notable,
  StepEvent,
  StepThread,
  TreeRow,
} from "../../src/protocol/step.ts";
import {
  checkToStepper,
  isComparison,
  isStack,
  isTree,
} from "../../src/protocol/stepper-checks.ts";
import {
  STEPPER_PROTOCOL,
  type PageRequest,
  type StepperCommand,
  type ToStepper,
} from "../../src/protocol/stepper-view.ts";
import type { Place } from "../../src/trace/finding.ts";
import { Frames } from "../frame.ts";
import { remembered } from "../remembered.ts";
import { Store } from "../store.ts";
import { textIn, textOf } from "../strings.ts";
import type { StepperHost } from "./host.ts";
import { Lanes } from "./lanes.ts";
import { Link } from "./link.ts";
import { historyOf } from "./model/history.ts";
import { Moments } from "./model/moments.ts";
import { storyOf } from "./model/story.ts";
import { plainText } from "../../src/analysis/sentence.ts";
import { treeLayout } from "./model/tree-layout.ts";
import { waitsNow } from "./model/waits.ts";
import { NO_SESSION, parseKept, type Kept, type StepperState } from "./state.ts";
import { STEPPER_ENGLISH, type StepperText } from "./strings.ts";

/** Laying out a tree of more moments takes longer than a step should. */
const LARGE = 5000;

export class Stepper {
  readonly host: StepperHost;
  readonly frames = new Frames();
  readonly store: Store<StepperState>;
  readonly lanes: Lanes;
  readonly #link: Link;
  #moments = new Moments();
  #text: StepperText = textOf(STEPPER_ENGLISH, {});
  #painting = 0;

  constructor(host: StepperHost) {
    this.host = host;
    const kept = parseKept(host.kept());
    this.store = new Store<StepperState>({
      ...NO_SESSION,
      until: kept?.until ?? NO_SESSION.until,
    });
    this.#link = new Link((message) => host.post(message));
    this.lanes = new Lanes(this);
  }

  get text(): StepperText {
    return this.#text;
  }

  /** Changes in place, and `treeVersion` with it. */
  get moments(): Moments {
    return this.#moments;
  }

  // ---- what follows from the state

  readonly #story = remembered((now: NonNullable<StepperState["now"]>, _version: number) =>
    storyOf(now, this.#moments, this.text),
  );
  readonly #history = remembered((_version: number, _session: string | null) =>
    historyOf(this.#moments),
  );
  readonly #tree = remembered(
    (
      _version: number,
      _session: string | null,
      marked: readonly MomentId[],
      expanded: ReadonlySet<MomentId>,
    ) => treeLayout(this.#moments, { marked, expanded, nameOf: (id) => this.nameOf(id) }),
  );
  readonly waits = remembered(waitsNow);

  story() {
    const { now, treeVersion } = this.store.value;
    return now && this.#story(now, treeVersion);
  }

  history() {
    const { treeVersion, session } = this.store.value;
    return this.#history(treeVersion, session);
  }

  tree() {
    const { drawnTree, session, marked, expanded } = this.store.value;
    return this.#tree(drawnTree, session, marked, expanded);
  }

  thread(id: number): StepThread | undefined {
    return this.store.value.now?.threads.find((thread) => thread.id === id);
  }

  nameOf(id: number): string {
    return this.thread(id)?.name ?? `thread ${id}`;
  }

  /** The program's own files, as far as places have named them. */
  get files(): readonly string[] {
    const { now } = this.store.value;
    const places = [...(now?.threads ?? []), ...(now?.objects ?? [])].map(({ place }) => place);
    return [...new Set(places.flatMap((place) => (place ? [place.file] : [])))];
  }

  // ---- what a person does

  step(thread: ThreadId, timesOut = false, choice?: number): void {
    const choices = choice === undefined ? {} : { choices: [choice] };
    void this.#go({ kind: "operation", thread, timesOut, ...choices });
  }

  /** The thread wakes though nobody has woken it. */
  wake(thread: ThreadId): void {
    void this.#go({ kind: "operation", thread, timesOut: true, wakes: true });
  }

  undo(): void {
    void this.#do({ kind: "undo" });
  }

  redo(): void {
    void this.#do({ kind: "redo" });
  }

  goTo(moment: MomentId): void {
    if (moment !== this.store.value.now?.moment) void this.#do({ kind: "goTo", moment });
  }

  runTo(what: Notable): void {
    this.until(what);
    void this.#go({ kind: "until", what });
  }

  /** To before the last access that raced. */
  backToRace(): void {
    const thread = this.store.value.now?.threads[0]?.id;
    if (thread !== undefined) void this.#do({ kind: "back", thread, to: "race" });
  }

  until(until: Notable): void {
    this.store.set({ until });
    this.#keep();
  }

  lockstep(): void {
    void this.#go({ kind: "lockstep" });
  }

  continue(): void {
    void this.#go({ kind: "continue" });
  }

  pause(): void {
    void this.#do({ kind: "pause" });
  }

  freeze(thread: ThreadId, frozen: boolean): void {
    const others = (this.store.value.now?.threads ?? [])
      .filter((one) => one.frozen && one.id !== thread)
      .map(({ id }) => id);
    void this.#do({ kind: "freeze", threads: frozen ? [...others, thread] : others });
  }

  /** Marks a moment for comparing, or takes the mark away; of three marks the first one goes. */
  mark(moment: MomentId): void {
    const { marked } = this.store.value;
    const next = marked.includes(moment)
      ? marked.filter((one) => one !== moment)
      : [...marked, moment].slice(-2);
    this.store.set({ marked: next });
  }

  unmark(): void {
    this.store.set({ marked: [], comparison: null });
  }

  async compare(one: MomentId, other: MomentId): Promise<void> {
    this.store.set({ marked: [one, other] });
    const answer = await this.#do({ kind: "compare", one, other });
    if (answer === undefined) return;
    if (isComparison(answer)) this.store.set({ comparison: answer as Comparison });
    else this.#refuse("compare");
  }

  closeComparison(): void {
    this.store.set({ comparison: null });
  }

  expand(chain: MomentId): void {
    this.store.set({ expanded: new Set([...this.store.value.expanded, chain]) });
  }

  /** Shows the thread's stack, or does not any more. */
  toggleStack(thread: ThreadId): void {
    const open = new Set(this.store.value.openStacks);
    if (!open.delete(thread)) open.add(thread);
    this.store.set({ openStacks: open });
    if (open.has(thread)) void this.#fetchStack(thread);
  }

  /** Brings a thread's card into sight, and the focus to it: among many it may have to be looked for. */
  showThread(id: number): void {
    const card = () => document.getElementById(`thread-${id}`);
    if (!card()) this.search(this.nameOf(id));
    this.frames.request("picture", () => {
      card()?.scrollIntoView({ block: "nearest" });
      card()?.focus();
    });
  }

  search(search: string): void {
    this.store.set({ search });
  }

  showMore(state: StepThread["state"], shown: number): void {
    this.store.set({ shown: { ...this.store.value.shown, [state]: shown } });
  }

  reveal({ file, line, column }: Place, preserveFocus = true): void {
    this.host.post({ type: "reveal", file, line, column, preserveFocus });
  }

  command(command: StepperCommand): void {
    this.host.post({ type: "command", command });
  }

  // ---- the session

  /** Begins to listen, and says so to the host. */
  start(): void {
    this.host.listen((value) => {
      const checked = checkToStepper(value);
      if (checked.ok) this.take(checked.message);
      else this.#problem(`A message was refused: ${checked.why}.`);
    });
    this.host.post({ type: "ready", protocol: STEPPER_PROTOCOL });
  }

  take(message: ToStepper): void {
    if (message.type === "begin") return this.#begin(message);
    // What still comes of a session before this one is nobody's any more.
    if (message.session !== this.#link.session) return;
    switch (message.type) {
      case "event":
        return this.#hear(message.event);
      case "answer":
        return this.#link.take(message.reply);
      case "edited":
        return this.store.set({ edited: message.edited });
      case "over":
        this.store.set({ over: message.text, said: message.text });
        return this.#link.begin(null);
    }
  }

  #begin(message: Extract<ToStepper, { type: "begin" }>): void {
    this.#text = textOf(STEPPER_ENGLISH, message.strings);
    this.lanes.begin(message.title, textIn(message.laneStrings));
    this.#moments = new Moments();
    this.#link.begin(message.session);
    const { until, search } = this.store.value;
    const { session, program, title, options, notes } = message;
    this.store.set({ ...NO_SESSION, session, program, title, options, notes, until, search });
    void this.#link.ask({ kind: "watch", trace: true });
    this.#keep();
  }

  #hear(event: StepEvent): void {
    switch (event.kind) {
      case "moment":
        return this.#arrive(event.state);
      case "output": {
        const kept = this.store.value.output.slice(0, event.from);
        return this.store.set({ output: [...kept, ...event.lines] });
      }
      case "trace":
        return this.lanes.take(event.offset, event.bytes);
      case "failed":
        return this.store.set({
          refusal: [event.message, event.remedy ?? ""].join(" ").trim(),
        });
      case "logged":
      // The debug console's.
    }
  }

  #arrive(now: NonNullable<StepperState["now"]>): void {
    const isWhole = this.#moments.take(now.treeFrom, now.tree) && this.#moments.arrive(now.moment);
    if (!isWhole) void this.#fetchTree();
    const treeVersion = this.store.value.treeVersion + 1;
    const { drawnTree } = this.store.value;
    const isLarge = this.#moments.size > LARGE;
    this.store.set({
      ...{ now, treeVersion, refusal: null },
      drawnTree: isLarge ? drawnTree : treeVersion,
    });
    this.store.set({ said: this.#words(now) });
    this.lanes.arrive();
    for (const thread of this.store.value.openStacks) void this.#fetchStack(thread);
    this.#paintSoon(now.revision);
  }

  #words(now: NonNullable<StepperState["now"]>): string {
    const story = this.story();
    const where = this.text("said.step", { depth: now.depth });
    const words = story?.sentences.map((sentence) => plainText(sentence)) ?? [];
    return now.running ? where : [...words, where].join(" ").replaceAll("`", "");
  }

  /** A page that has come back has missed what was told before. */
  async #fetchTree(): Promise<void> {
    const answer = await this.#do({ kind: "tree" });
    if (answer === undefined) return;
    if (!isTree(answer)) return this.#refuse("tree");
    this.#moments.take(0, answer as TreeRow[]);
    const { now, treeVersion } = this.store.value;
    if (now) this.#moments.arrive(now.moment);
    this.store.set({ treeVersion: treeVersion + 1, drawnTree: treeVersion + 1 });
  }

  /** Asked anew at each moment: frames are good for one. */
  async #fetchStack(thread: ThreadId): Promise<void> {
    const asked = this.store.value.now;
    if (asked === null || asked.running || this.thread(thread)?.state === "ended") return;
    const answer = await this.#do({ kind: "frames", thread });
    if (answer === undefined || this.store.value.now?.revision !== asked.revision) return;
    if (!isStack(answer)) return this.#refuse("frames");
    const stacks = new Map(this.store.value.stacks).set(thread, answer as Frame[]);
    this.store.set({ stacks });
  }

  async #go(how: Going): Promise<void> {
    const answer = await this.#do({ kind: "go", how });
    const { text } = (answer ?? {}) as { readonly text?: unknown };
    if (typeof text === "string") this.store.set({ refusal: text, said: text });
  }

  /** The answer; undefined where there is none, and then it is said why. */
  async #do(request: PageRequest): Promise<unknown> {
    const reply = await this.#link.ask(request);
    if (!reply) return undefined;
    if (reply.ok) return reply.answer ?? null;
    const { code, message, remedy } = reply;
    const refusal = [code === "" ? message : `${code}: ${message}`, remedy ?? ""].join(" ").trim();
    this.store.set({ refusal, said: refusal });
    return undefined;
  }

  #refuse(kind: string): void {
    this.#problem(`The answer to "${kind}" is not as it should be.`);
  }

  #problem(text: string): void {
    this.host.post({ type: "problem", text });
  }

  /** Said once the picture of a revision stands: two frames on, the first of which draws it. */
  #paintSoon(revision: number): void {
    const painting = ++this.#painting;
    requestAnimationFrame(() =>
      setTimeout(() => {
        const { session } = this.#link;
        if (painting !== this.#painting) return;
        if (session !== null) this.host.post({ type: "painted", session, revision });
        this.store.set({ drawnTree: this.store.value.treeVersion });
      }),
    );
  }

  #keep(): void {
    const { program, until } = this.store.value;
    this.host.keep({ version: 1, program, until } satisfies Kept);
  }
}
