// A client of the debug protocol: sends requests, waits for what comes back, and keeps everything that was said.
import type { DebugProtocol } from "@vscode/debugprotocol";
import { DebugAdapter } from "../../src/debug/adapter.ts";
import type { DebugHost } from "../../src/debug/stepped-program.ts";

export type Body = Record<string, unknown>;
export interface Said {
  readonly from: "client" | "adapter";
  readonly message: DebugProtocol.ProtocolMessage;
}

const PATIENCE_MS = 20_000;

export class Client implements Disposable {
  readonly said: Said[] = [];
  readonly adapter: DebugAdapter;
  #sequence = 0;
  /** Events before this one have been waited for. */
  #heard = 0;
  #waiting = new Set<() => void>();

  constructor(host: DebugHost) {
    this.adapter = new DebugAdapter(host);
    this.adapter.onMessage((message) => {
      // What crosses to a client is JSON.
      const copy = JSON.parse(JSON.stringify(message)) as DebugProtocol.ProtocolMessage;
      this.said.push({ from: "adapter", message: copy });
      for (const look of [...this.#waiting]) look();
    });
  }

  /** The answer, whether it went well or not. */
  async ask(command: string, args?: object): Promise<DebugProtocol.Response> {
    const seq = ++this.#sequence;
    const message = { seq, type: "request", command, ...(args && { arguments: args }) };
    this.said.push({ from: "client", message });
    this.adapter.handle(message);
    return this.#until(`the answer to ${command}`, () =>
      this.said
        .map((one) => one.message as DebugProtocol.Response)
        .find((one) => one.type === "response" && one.request_seq === seq),
    );
  }

  /** What a request that goes well answers. */
  async request<T = Body>(command: string, args?: object): Promise<T> {
    const answer = await this.ask(command, args);
    if (!answer.success) throw new Error(`${command} was refused: ${answer.message}`);
    return answer.body as T;
  }

  /** What a request that is refused is told. */
  async refusal(command: string, args?: object): Promise<string> {
    const { success, message } = await this.ask(command, args);
    if (success) throw new Error(`${command} was not refused`);
    return message ?? "";
  }

  /** The next event of this name that was not waited for yet; those before it are passed over. */
  event<T = Body>(name: string): Promise<T> {
    return this.#until(`the event ${name}`, () => {
      const index = this.said.findIndex(
        ({ message }, at) => at >= this.#heard && isEvent(message, name),
      );
      if (index < 0) return undefined;
      this.#heard = index + 1;
      return ((this.said[index].message as DebugProtocol.Event).body ?? {}) as T;
    });
  }

  /** All events of this name so far. */
  events<T = Body>(name: string): T[] {
    return this.said.flatMap(({ message }) =>
      isEvent(message, name) ? [(message as DebugProtocol.Event).body as T] : [],
    );
  }

  /** From `initialize` until the client has said that it is ready. */
  async launch(configuration: object, beforeReady?: () => Promise<void>): Promise<void> {
    await this.request("initialize", { ...CLIENT });
    await this.request("launch", configuration);
    await this.event("initialized");
    await beforeReady?.();
    await this.request("configurationDone");
  }

  /** Makes a move, and answers the stop that it leads to. */
  async move(
    command: string,
    args: object = { threadId: 1 },
  ): Promise<DebugProtocol.StoppedEvent["body"]> {
    await this.request(command, args);
    return this.stopped();
  }

  stopped(): Promise<DebugProtocol.StoppedEvent["body"]> {
    return this.event("stopped");
  }

  [Symbol.dispose](): void {
    this.adapter.dispose();
  }

  #until<T>(what: string, probe: () => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        const last = this.said.slice(-5).map(({ message }) => JSON.stringify(message));
        reject(new Error(`timed out waiting for ${what}; the last messages:\n${last.join("\n")}`));
      }, PATIENCE_MS);
      const look = (): void => {
        const found = probe();
        if (found === undefined) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(found);
      };
      this.#waiting.add(look);
      look();
    });
  }
}

export const CLIENT: DebugProtocol.InitializeRequestArguments = {
  adapterID: "threadloom",
  pathFormat: "path",
  linesStartAt1: true,
  columnsStartAt1: true,
  supportsInvalidatedEvent: true,
};

function isEvent(message: DebugProtocol.ProtocolMessage, name: string): boolean {
  return message.type === "event" && (message as DebugProtocol.Event).event === name;
}
