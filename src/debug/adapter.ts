/**
 * The debug adapter, type `threadloom`: serves a client of the debug protocol (VS Code's own debugger) from a session that has
 * a program's run. It keeps no state of the run; all that it shows it asks for, so that it agrees with the panel.
 *
 * Runs where it is made, in a browser too: whoever makes it hands it messages and takes those that it sends.
 */
import type { DebugProtocol } from "@vscode/debugprotocol";
import { DEBUG_MESSAGES as MESSAGES } from "../base/catalogue/debug.ts";
import { wrongField } from "../base/shape.ts";
import type { Answer, Handlers } from "./answer.ts";
import { breakpointHandlers } from "./breakpoint-requests.ts";
import { DebugSession } from "./debug-session.ts";
import { lifeHandlers } from "./life-requests.ts";
import { lookHandlers } from "./look-requests.ts";
import { moveHandlers } from "./move-requests.ts";
import { refusalFrom, refused } from "./refusal.ts";
import { REQUEST_SHAPES, type RequestName } from "./request-shapes.ts";
import type { DebugHost } from "./stepped-program.ts";
import { Wire } from "./wire.ts";

export class DebugAdapter {
  readonly #wire = new Wire();
  readonly #session: DebugSession;
  readonly #handlers: Handlers;

  constructor(host: DebugHost) {
    const session = (this.#session = new DebugSession(host, this.#wire));
    this.#handlers = {
      ...lifeHandlers(session),
      ...breakpointHandlers(session),
      ...moveHandlers(session),
      ...lookHandlers(session),
    };
  }

  /** Called for every message to the client, in order. */
  onMessage(listener: (message: DebugProtocol.ProtocolMessage) => void): Disposable {
    return this.#wire.sent.add(listener);
  }

  /** Takes a message of the client. Whatever it is, it is answered and nothing is thrown. */
  handle(message: DebugProtocol.ProtocolMessage): void {
    if (message.type === "request") void this.#serve(message as DebugProtocol.Request);
  }

  /** Lets go of the session at once, and tells nothing any more. */
  dispose(): void {
    this.#session.close();
  }

  async #serve(request: DebugProtocol.Request): Promise<void> {
    try {
      const { body, refusal, after } = await this.#answer(request);
      if (refusal) this.#wire.refuse(request, refusal);
      else this.#wire.answer(request, body);
      after?.();
    } catch (error) {
      this.#wire.refuse(request, refusalFrom(error));
    }
  }

  #answer({ command, arguments: args = {} }: DebugProtocol.Request): Answer | Promise<Answer> {
    if (!Object.hasOwn(REQUEST_SHAPES, command)) {
      throw refused(MESSAGES.unknownRequest, { command });
    }
    const name = command as RequestName;
    const wrong = wrongField(args, REQUEST_SHAPES[name]);
    if (wrong !== undefined) {
      const reason = wrong === "" ? "it has no arguments" : `\`${wrong}\` is missing or wrong`;
      throw refused(MESSAGES.badRequest, { command, reason });
    }
    // The shape has been checked, and says the same of each request as its type does.
    const serve = this.#handlers[name] as (args: unknown) => Answer | Promise<Answer>;
    return serve(args);
  }
}
