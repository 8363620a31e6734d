/** The comparison: what a person does, as functions, and what follows from the state. Components hold nothing themselves. */
import { figuresOf, type ModelFigures } from "../../src/analysis/model-comparison.ts";
import { labelsOf } from "../draw/label-cache.ts";
import type { Labels } from "../draw/labels.ts";
import { Frames } from "../frame.ts";
import type { Picture } from "../model/picture.ts";
import { wholeRun, type Run, type Window } from "../model/scale.ts";
import { Words } from "../model/words.ts";
import { Store } from "../store.ts";
import type { Text } from "../strings.ts";
import { ComparisonSession, type ComparisonHost } from "./session.ts";
import { EMPTY_COMPARISON, extentOf, type ComparisonState } from "./state.ts";

export class Comparison {
  readonly frames = new Frames();
  readonly store = new Store<ComparisonState>(EMPTY_COMPARISON);
  readonly session: ComparisonSession;
  readonly #host: ComparisonHost;
  readonly #words = new WeakMap<Picture, Words>();
  readonly #labels = new WeakMap<Words, Labels>();
  readonly #figures = new WeakMap<Picture, { readonly figures: ModelFigures | undefined }>();

  constructor(host: ComparisonHost) {
    this.#host = host;
    this.session = new ComparisonSession(host, this.store, this.frames);
  }

  get text(): Text {
    return this.session.text;
  }

  get extent(): Run {
    return extentOf(this.store.value.rows);
  }

  /** What of the ticks every row shows. */
  get window(): Window {
    return this.store.value.window ?? wholeRun(this.extent);
  }

  words(picture: Picture): Words {
    let words = this.#words.get(picture);
    if (words === undefined) this.#words.set(picture, (words = new Words(picture, this.text)));
    return words;
  }

  labels(picture: Picture, measure: (text: string, plain: boolean) => number): Labels {
    const words = this.words(picture);
    let labels = this.#labels.get(words);
    if (labels === undefined) this.#labels.set(words, (labels = labelsOf(words, measure)));
    return labels;
  }

  figures(picture: Picture): ModelFigures | undefined {
    let known = this.#figures.get(picture);
    if (known === undefined) {
      this.#figures.set(picture, (known = { figures: figuresOf(picture.timeline) }));
    }
    return known.figures;
  }

  open(run: string): void {
    this.#host.post({ type: "open", run });
  }

  again(): void {
    this.#host.post({ type: "again" });
  }

  cancel(): void {
    this.#host.post({ type: "cancel" });
  }

  hover(hovered: ComparisonState["hovered"]): void {
    this.store.set({ hovered });
  }

  show(window: Window | null): void {
    this.store.set({ window });
  }
}
