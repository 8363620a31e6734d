/** What lasts from `launch` to `disconnect`, restarts included: breakpoints, switches, the console, and the program loaded. */
import { DEBUG_MESSAGES as MESSAGES } from "../base/catalogue/debug.ts";
import { tell } from "../base/catalogue/message.ts";
import { Breakpoints } from "./breakpoints.ts";
import { Debuggee } from "./debuggee.ts";
import { Endings } from "./endings.ts";
import type { Launch } from "./launch.ts";
import { ProgramConsole } from "./program-console.ts";
import { Refusal, refused } from "./refusal.ts";
import { baseName, Counting } from "./sources.ts";
import type { DebugHost, OpeningRefusal } from "./stepped-program.ts";
import { ThreadList } from "./threads.ts";
import type { Wire } from "./wire.ts";

/** What the client says of itself. */
export interface Client {
  readonly linesStartAt1?: boolean;
  readonly columnsStartAt1?: boolean;
  readonly supportsInvalidatedEvent?: boolean;
}

export class DebugSession {
  readonly wire: Wire;
  readonly endings = new Endings();
  readonly breakpoints: Breakpoints;
  readonly #host: DebugHost;
  readonly #threads = new ThreadList();
  #client: Client = {};
  #counting = new Counting({});
  #debuggee: Debuggee | undefined;
  #isOver = false;
  /** Counts openings: one that is not the last one any more is let go. */
  #openings = 0;

  constructor(host: DebugHost, wire: Wire) {
    this.#host = host;
    this.wire = wire;
    this.breakpoints = new Breakpoints((breakpoint) =>
      wire.event("breakpoint", { reason: "changed", breakpoint }),
    );
  }

  get counting(): Counting {
    return this.#counting;
  }

  /** The program that is loaded, if one is. */
  get loaded(): Debuggee | undefined {
    return this.#debuggee;
  }

  /** The program that is loaded; throws a `Refusal` where none is. */
  get debuggee(): Debuggee {
    if (this.#debuggee === undefined) throw refused(MESSAGES.noSession, {});
    return this.#debuggee;
  }

  /** The same, with its threads standing still. */
  get standing(): Debuggee {
    const { debuggee } = this;
    debuggee.execution.mustStand();
    return debuggee;
  }

  meet(client: Client): void {
    this.#client = client;
    this.#counting = new Counting(client);
    this.breakpoints.count(this.#counting);
  }

  /** Compiles and begins the program, or joins its session; instead of the one before. Throws a `Refusal`, having said why, where it cannot. */
  async open(launch: Launch, anew = launch.noDebug): Promise<void> {
    const opening = ++this.#openings;
    this.#letGo();
    const opened = await this.#host.open(launch, anew);
    if (opening !== this.#openings || this.#isOver) {
      if (opened.ok) opened.held[Symbol.dispose]();
      throw refused(MESSAGES.noSession, {});
    }
    const console = new ProgramConsole(this.wire, this.#counting);
    if (!opened.ok) throw this.#notOpened(launch, opened.why, console);
    const { session, held, joined } = opened;
    this.#debuggee = new Debuggee({
      ...{ launch, session, held, joined, console },
      ...{ wire: this.wire, counting: this.#counting, threads: this.#threads },
      ...{ breakpoints: this.breakpoints, endings: this.endings },
      canInvalidate: this.#client.supportsInvalidatedEvent === true,
      end: (code) => this.end(code),
    });
    await this.#debuggee.load();
  }

  /** The client has said all that it wanted to say before the program goes. */
  ready(): void {
    this.#debuggee?.begin();
  }

  /** The program is let go, and the client told that there is nothing more to come. `exitCode`: if the run came to its end. */
  end(exitCode?: number): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#letGo();
    if (exitCode !== undefined) this.wire.event("exited", { exitCode });
    this.wire.event("terminated", {});
  }

  /** The same, and the client is told nothing. */
  close(): void {
    this.#isOver = true;
    this.#letGo();
  }

  #letGo(): void {
    this.#debuggee?.close();
    this.#debuggee = undefined;
  }

  #notOpened({ program }: Launch, why: OpeningRefusal, console: ProgramConsole): Refusal {
    const file = baseName(program);
    switch (why.kind) {
      case "compile": {
        console.diagnostics(why.diagnostics);
        const said = tell(MESSAGES.doesNotCompile, { file });
        console.note(said);
        return new Refusal(said, true);
      }
      case "replaced":
        return refused(MESSAGES.replaced, { file });
      case "failed": {
        const { code, message: reason, remedy } = why;
        if (code === undefined || code === "")
          return refused(MESSAGES.cannotBegin, { file, reason });
        return new Refusal({ code, message: reason, remedy });
      }
    }
  }
}
