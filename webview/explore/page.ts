/** The page of exploring: takes the extension's messages, and what a person does, as functions. Components hold nothing. */
import { wrongField } from "../../src/base/shape.ts";
import {
  EXPLORE_PROTOCOL,
  TO_EXPLORATION,
  type FromExploration,
  type ToExploration,
} from "../../src/protocol/explore-view.ts";
import type { Place } from "../../src/trace/finding.ts";
import { Store } from "../store.ts";
import { textOf } from "../strings.ts";
import { NOTHING_YET, type ExplorationPageState } from "./state.ts";
import { EXPLORE_ENGLISH, type ExploreText } from "./strings.ts";

export interface ExplorationHost {
  post(message: FromExploration): void;
  keep(state: unknown): void;
  listen(receive: (message: unknown) => void): void;
}

export class ExplorationPage {
  readonly store = new Store<ExplorationPageState>(NOTHING_YET);
  text: ExploreText = textOf(EXPLORE_ENGLISH, {});
  readonly #host: ExplorationHost;

  constructor(host: ExplorationHost) {
    this.#host = host;
  }

  start(): void {
    this.#host.listen((value) => {
      const why = whyRefused(value);
      if (why === undefined) this.#take(value as ToExploration);
      else this.#host.post({ type: "problem", text: `A message was refused: ${why}.` });
    });
    this.#host.post({ type: "ready", protocol: EXPLORE_PROTOCOL });
  }

  again(): void {
    this.#host.post({ type: "again" });
  }

  stop(): void {
    this.#host.post({ type: "stop" });
  }

  reveal({ file, line, column }: Place): void {
    this.#host.post({ type: "reveal", file, line, column });
  }

  stepFinding(finding: number): void {
    this.#host.post({ type: "stepFinding", finding, nearest: false });
  }

  /** Through the run that is most like the finding's and does not fail. */
  stepNearest(finding: number): void {
    this.#host.post({ type: "stepFinding", finding, nearest: true });
  }

  stepOutcome(outcome: number): void {
    this.#host.post({ type: "stepOutcome", outcome });
  }

  save(finding: number): void {
    this.#host.post({ type: "save", finding });
  }

  explain(code: string): void {
    this.#host.post({ type: "explain", code });
  }

  #take(message: ToExploration): void {
    const { store } = this;
    switch (message.type) {
      case "begin":
        this.text = textOf(EXPLORE_ENGLISH, message.strings);
        this.#host.keep({ program: message.program });
        return store.set({ ...NOTHING_YET, title: message.title });
      case "going":
        return store.set({ phase: "going", progress: message.progress ?? null });
      case "result": {
        const { result, edited } = message;
        return store.set({ phase: "result", result, edited });
      }
      case "none": {
        const { text, problems } = message;
        return store.set({ phase: "none", absence: { text, problems } });
      }
      case "edited":
        return store.set({ edited: message.edited });
      case "goTo":
        return store.set({ goTo: { finding: message.finding } });
    }
  }
}

/** Undefined for a message of ours. */
function whyRefused(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return "it is no object";
  const { type } = value as { readonly type?: unknown };
  if (typeof type !== "string" || !Object.hasOwn(TO_EXPLORATION, type)) {
    return `its type is ${JSON.stringify(type)}`;
  }
  const wrong = wrongField(value, TO_EXPLORATION[type as ToExploration["type"]]);
  return wrong === undefined ? undefined : `"${wrong}" of "${type}" is not as it should be`;
}
