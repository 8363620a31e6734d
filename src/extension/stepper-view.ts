/**
 * One stepper's page: shows a session, tells it what the session tells, and passes on what the person asks of it there.
 *
 * VS Code throws a hidden webview away, and the page says `ready` when it comes back; so nothing here lives longer than what
 * the session knows: each `ready` is answered with where it stands now.
 */
import type * as vscode from "vscode";
import type { StepReply } from "../protocol/step.ts";
import { readFromStepper } from "../protocol/stepper-checks.ts";
import {
  STEPPER_PROTOCOL,
  type FromStepper,
  type PageRequest,
  type StepperCommand,
  type ToStepper,
} from "../protocol/stepper-view.ts";
import type { Log } from "./log.ts";
import { pageStrings } from "./page-strings.ts";
import { putPage } from "./put-page.ts";
import { saidBy, type StepSession } from "../engine/stepping/step-session.ts";

export interface StepperHandlers {
  reveal(message: Extract<FromStepper, { type: "reveal" }>): void;
  command(command: StepperCommand): void;
  /** Whether a file of the session has been edited since. */
  isEdited(session: StepSession): boolean;
  /** Why a session is over, in words. */
  endOf(session: StepSession): string;
}

/** What stands in a panel for whose program there is no session: the program, and why. */
export interface NoSession {
  readonly program: string;
  readonly title: string;
  readonly text: string;
}

export class StepperView implements vscode.Disposable {
  readonly #webview: vscode.Webview;
  readonly #log: Log;
  readonly #handlers: StepperHandlers;
  readonly #owned: vscode.Disposable[];
  #shown: StepSession | NoSession | undefined;
  #listening: Disposable | undefined;
  #isReady = false;
  #disposed = false;

  constructor(webview: vscode.Webview, extension: vscode.Uri, log: Log, handlers: StepperHandlers) {
    this.#webview = webview;
    this.#log = log;
    this.#handlers = handlers;
    this.#owned = [webview.onDidReceiveMessage((message) => this.#receive(message))];
    putPage(webview, extension, "stepper");
  }

  get session(): StepSession | undefined {
    return isSession(this.#shown) ? this.#shown : undefined;
  }

  show(shown: StepSession | NoSession): void {
    this.#shown = shown;
    if (this.#isReady) this.#begin();
  }

  /** Whether the session's files were edited may be otherwise now. */
  tellEdited(): void {
    const { session } = this;
    if (!session || !this.#isReady) return;
    const edited = this.#handlers.isEdited(session);
    this.#send({ type: "edited", session: session.plan.id, edited });
  }

  dispose(): void {
    this.#disposed = true;
    this.#unwatch();
    for (const one of this.#owned) one.dispose();
  }

  #begin(): void {
    this.#unwatch();
    const shown = this.#shown;
    if (!shown) return;
    const plan = isSession(shown)
      ? { session: shown.plan.id, program: shown.plan.program, title: shown.plan.title }
      : { session: "", program: shown.program, title: shown.title };
    const { model, cores } = isSession(shown) ? shown.plan.compiled.options : {};
    const notes = isSession(shown)
      ? shown.begun.problems.map(({ code, message }) => `${code}: ${message}`)
      : [];
    this.#send({
      type: "begin",
      protocol: STEPPER_PROTOCOL,
      ...plan,
      options: {
        ...(model === undefined ? {} : { model }),
        ...(cores === undefined ? {} : { cores }),
      },
      notes,
      strings: pageStrings("stepper/"),
      laneStrings: pageStrings("timeline/"),
    });
    if (isSession(shown)) this.#follow(shown);
    else this.#send({ type: "over", session: "", text: shown.text });
  }

  #follow(session: StepSession): void {
    const { id } = session.plan;
    this.#send({ type: "event", session: id, event: { kind: "moment", state: session.state } });
    const { output } = session;
    this.#send({
      type: "event",
      session: id,
      event: { kind: "output", from: 0, lines: output },
    });
    const { trace: bytes } = session;
    if (bytes.length > 0) {
      this.#send({ type: "event", session: id, event: { kind: "trace", offset: 0, bytes } });
    }
    this.tellEdited();
    const over = () =>
      this.#send({ type: "over", session: id, text: this.#handlers.endOf(session) });
    if (session.end) return over();
    const told = session.told.add((event) => this.#send({ type: "event", session: id, event }));
    const ended = session.over.add(over);
    this.#listening = {
      [Symbol.dispose]: () => {
        told[Symbol.dispose]();
        ended[Symbol.dispose]();
        // Nobody draws lanes any more; whoever comes next asks for them again.
        if (!session.end) void session.ask({ kind: "watch", trace: false }).catch(() => undefined);
      },
    };
  }

  #unwatch(): void {
    this.#listening?.[Symbol.dispose]();
    this.#listening = undefined;
  }

  #receive(raw: unknown): void {
    const message = readFromStepper(raw);
    if (!message) {
      this.#log.warn(`a stepper sent what is no message of ours: ${shortened(raw)}`);
      return;
    }
    switch (message.type) {
      case "ready":
        this.#isReady = true;
        return this.#begin();
      case "ask":
        if (message.session === this.session?.plan.id) {
          void this.#ask(this.session, message.id, message.request);
        }
        return;
      case "reveal":
        if (this.session?.files.includes(message.file)) this.#handlers.reveal(message);
        else this.#log.warn(`a stepper asked for ${message.file}, which is no file of its program`);
        return;
      case "command":
        return this.#handlers.command(message.command);
      case "painted":
        this.#log.info(`${message.session}: painted, revision ${message.revision}`);
        return;
      case "problem":
        this.#log.error(`in the stepper: ${message.text}`);
        return;
    }
  }

  async #ask(session: StepSession, id: number, request: PageRequest): Promise<void> {
    let reply: StepReply;
    try {
      reply = { id, ok: true, answer: await session.ask(request) };
    } catch (error) {
      reply = { id, ok: false, ...saidBy(error) };
    }
    this.#send({ type: "answer", session: session.plan.id, reply });
  }

  #send(message: ToStepper): void {
    // False or rejected where the page has just gone: it will say `ready` when it is back.
    if (!this.#disposed) this.#webview.postMessage(message).then(undefined, () => undefined);
  }
}

function isSession(shown: StepSession | NoSession | undefined): shown is StepSession {
  return shown !== undefined && "plan" in shown;
}

function shortened(value: unknown): string {
  return (JSON.stringify(value) ?? String(value)).slice(0, 200);
}
