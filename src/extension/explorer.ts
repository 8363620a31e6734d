/**
 * The explorations of this window: at most one at a time for each program, and the last one of each is remembered. An edit
 * starts nothing again; it makes what was found something about how the program was.
 */
import * as vscode from "vscode";
import { savedScheduleName } from "../explore/saved-schedule.ts";
import type { ExploreOptions } from "../protocol/explore.ts";
import type { ProgramOptions } from "../protocol/program.ts";
import { parseSchedule } from "../trace/schedule.ts";
import { baseName, nameOf, overlaysFor, sameDocument, textNow } from "./documents.ts";
import {
  Exploration,
  isExplored,
  type ExplorationState,
  type ExploreDoors,
} from "./exploration.ts";
import type { Log } from "./log.ts";
import { setting } from "./settings.ts";
import { changedSince } from "./source-texts.ts";

export interface ExplorationChange {
  readonly program: vscode.Uri;
  readonly exploration: Exploration;
  readonly state: ExplorationState;
  /** The first that is heard of it. */
  readonly begun: boolean;
}

interface Explored {
  readonly uri: vscode.Uri;
  readonly last: Exploration;
}

export class Explorer implements vscode.Disposable {
  readonly #doors: ExploreDoors;
  readonly #log: Log;
  readonly #programs = new Map<string, Explored>();
  readonly #changed = new vscode.EventEmitter<ExplorationChange>();
  readonly #listening: vscode.Disposable;
  #count = 0;
  /** An exploration began, or more is known of it. */
  readonly onDidChange = this.#changed.event;

  constructor(doors: ExploreDoors, log: Log) {
    this.#doors = doors;
    this.#log = log;
    this.#listening = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) this.#lookAgain(document.uri);
    });
  }

  /** The last exploration of a program, going on or over. */
  last(program: vscode.Uri): Exploration | undefined {
    return this.#programs.get(program.toString())?.last;
  }

  get all(): readonly Explored[] {
    return [...this.#programs.values()];
  }

  isGoing(program: vscode.Uri): boolean {
    const last = this.last(program);
    return last !== undefined && !isExplored(last.state);
  }

  /** Explores the document as it is now, saved or not. One of the same program that goes on is stopped. */
  explore(document: vscode.TextDocument): Exploration {
    const { uri } = document;
    const key = uri.toString();
    this.last(uri)?.stop();
    const exploration = new Exploration(
      {
        id: `explore-${++this.#count}`,
        program: key,
        title: baseName(uri),
        entry: nameOf(uri),
        overlays: overlaysFor(document),
        options: (head) => this.#options(uri, head),
      },
      this.#doors,
    );
    this.#programs.set(key, { uri, last: exploration });
    const tell = (state: ExplorationState, begun: boolean) => {
      if (this.last(uri) === exploration)
        this.#changed.fire({ program: uri, exploration, state, begun });
    };
    tell(exploration.state, true);
    exploration.changed.add((state) => tell(state, false));
    // Somebody may have gone on typing while it was explored.
    void exploration.settled.then(() => this.#compare(exploration));
    return exploration;
  }

  /** Stops the exploration of a program, or all. */
  stop(program?: vscode.Uri): void {
    for (const { uri, last } of this.all) {
      if (!program || uri.toString() === program.toString()) last.stop();
    }
  }

  dispose(): void {
    this.stop();
    this.#listening.dispose();
    this.#changed.dispose();
  }

  async #options(program: vscode.Uri, head: ProgramOptions): Promise<ExploreOptions> {
    const saved = await this.#saved(program);
    return {
      strategy: setting("explore.strategy", program),
      maxSeconds: setting("explore.timeLimit", program) / 1000,
      seed: head.seed ?? 0,
      ...(head.spurious === undefined ? {} : { spurious: head.spurious }),
      ...(saved === undefined ? {} : { schedules: [saved] }),
    };
  }

  /** The schedule that is kept beside the program, if there is one that can be followed. */
  async #saved(program: vscode.Uri): Promise<string | undefined> {
    if (program.scheme === "untitled") return undefined;
    const uri = savedScheduleUri(program);
    const text = await vscode.workspace.fs.readFile(uri).then(
      (bytes) => new TextDecoder().decode(bytes),
      () => undefined, // most programs have none
    );
    if (text === undefined) return undefined;
    const [problem] = parseSchedule(text).problems;
    if (problem === undefined) return text;
    this.#log.warn(`${uri.toString()} cannot be tried: ${problem.message}`);
    return undefined;
  }

  #lookAgain(edited: vscode.Uri): void {
    for (const { last } of this.all) {
      const files = Object.keys(last.state.texts);
      if (files.some((file) => sameDocument(file, edited))) void this.#compare(last);
    }
  }

  async #compare(exploration: Exploration): Promise<void> {
    exploration.edited(await changedSince(exploration.state.texts, textNow));
  }
}

export function savedScheduleUri(program: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(program, "..", savedScheduleName(baseName(program)));
}
