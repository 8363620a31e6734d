/** A real client of the protocol, and `threadloom mcp` as clients start it: a child that speaks on its standard streams. */
import path from "node:path";
import { Client, type ClientOptions } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { folderWith, root } from "../command.ts";

export interface Answered {
  readonly failed: boolean;
  readonly text: string;
  readonly data: Record<string, unknown>;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly progress?: (message: string, done: number) => void;
}

export class AgentClient implements AsyncDisposable {
  readonly client: Client;
  readonly folder: string;
  readonly #transport: StdioClientTransport;
  readonly #files: Disposable;

  private constructor(options: ClientOptions, files: Disposable & { readonly folder: string }) {
    this.#files = files;
    this.folder = files.folder;
    this.client = new Client({ name: "test", version: "1" }, options);
    this.#transport = new StdioClientTransport({
      command: process.execPath,
      args: [path.join(root, "dist/cli.mjs"), "mcp"],
      cwd: files.folder,
      stderr: "inherit",
    });
  }

  /** Connected to a server in a folder of its own with these files. */
  static async start(
    files: Readonly<Record<string, string>> = {},
    options: ClientOptions = {},
  ): Promise<AgentClient> {
    const made = new AgentClient(options, folderWith(files));
    await made.client.connect(made.#transport);
    return made;
  }

  /** Of the server. */
  get pid(): number {
    return this.#transport.pid!;
  }

  async call(
    name: string,
    given: Record<string, unknown>,
    { signal, progress }: CallOptions = {},
  ): Promise<Answered> {
    const answer = await this.client.callTool(
      { name, arguments: given },
      {
        ...(signal === undefined ? {} : { signal }),
        ...(progress === undefined
          ? {}
          : { onprogress: (at) => progress(at.message ?? "", at.progress) }),
      },
    );
    const [first] = answer.content;
    return {
      failed: answer.isError === true,
      text: first?.type === "text" ? first.text : "",
      data: (answer.structuredContent ?? {}) as Record<string, unknown>,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.close();
    this.#files[Symbol.dispose]();
  }
}
