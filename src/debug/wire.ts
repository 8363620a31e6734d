/**
 * The debug protocol as messages: numbers them, and tells whoever listens. No streams and no framing: the adapter runs inside
 * the client's own process (VS Code's inline implementation), where messages are objects.
 */
import type { DebugProtocol } from "@vscode/debugprotocol";
import { Listeners } from "../base/listeners.ts";
import type { Refusal } from "./refusal.ts";

/**
 * Requests whose refusal the client shows by itself, in a box. Everything else that is refused is shown where it was asked for
 * (a watch, a value), or it is a key that was pressed once too often.
 */
const SHOWN: ReadonlySet<string> = new Set(["launch", "attach", "restart"]);

export class Wire {
  readonly sent = new Listeners<DebugProtocol.ProtocolMessage>();
  #sequence = 0;

  answer(request: DebugProtocol.Request, body: unknown): void {
    const { seq, command } = request;
    this.#send({ type: "response", request_seq: seq, command, success: true, body });
  }

  refuse(request: DebugProtocol.Request, { code, message, remedy, quiet }: Refusal): void {
    const { seq, command } = request;
    const text = `${code}: ${remedy === undefined ? message : `${message} ${remedy}`}`;
    const error: DebugProtocol.Message = {
      id: Number(code.slice(2)) || 0,
      format: "{text}", // what it says may have braces of its own
      variables: { text },
      showUser: !quiet && SHOWN.has(command),
    };
    this.#send({
      ...{ type: "response", request_seq: seq, command, success: false },
      ...{ message: text, body: { error } },
    });
  }

  event<Name extends string>(event: Name, body?: unknown): void {
    this.#send({ type: "event", event, body });
  }

  #send(message: object): void {
    this.sent.tell({ seq: ++this.#sequence, ...message } as DebugProtocol.ProtocolMessage);
  }
}
