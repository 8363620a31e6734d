/** Speaks with a real `tsserver` over its standard streams, as editors do. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export interface TsServer extends AsyncDisposable {
  /** The body of the answer; throws what the server says if it fails. */
  request(command: string, args: object): Promise<unknown>;
  notify(command: string, args: object): void;
}

/** `probe`: the folder in whose `node_modules` the plugin lies. */
export function startTsServer(probe: string, plugin: string): TsServer {
  const program = fileURLToPath(
    new URL("../../node_modules/typescript/lib/tsserver.js", import.meta.url),
  );
  const server = spawn(
    process.execPath,
    [
      program,
      "--globalPlugins",
      plugin,
      "--pluginProbeLocations",
      probe,
      "--disableAutomaticTypingAcquisition",
      "--useInferredProjectPerProjectRoot", // as VS Code starts it
    ],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  const waiting = new Map<number, (message: Answer) => void>();
  let sequence = 0;
  let buffer = Buffer.alloc(0);
  server.stdout.on("data", (bytes: Buffer) => {
    buffer = Buffer.concat([buffer, bytes]);
    for (;;) {
      const head = /^Content-Length: (\d+)\r?\n\r?\n/.exec(buffer.toString("latin1"));
      if (!head) return;
      const end = head[0].length + Number(head[1]);
      if (buffer.length < end) return;
      const message = JSON.parse(buffer.toString("utf8", head[0].length, end)) as Answer;
      buffer = buffer.subarray(end);
      if (message.type === "response") waiting.get(message.request_seq)?.(message);
    }
  });
  const send = (command: string, args: object): number => {
    server.stdin.write(
      `${JSON.stringify({ seq: ++sequence, type: "request", command, arguments: args })}\n`,
    );
    return sequence;
  };
  return {
    notify(command, args) {
      send(command, args);
    },
    async request(command, args) {
      const answer = await new Promise<Answer>((resolve) => {
        waiting.set(send(command, args), resolve);
      });
      if (!answer.success) throw new Error(answer.message);
      return answer.body;
    },
    async [Symbol.asyncDispose]() {
      if (server.exitCode !== null) return;
      const exit = once(server, "exit");
      send("exit", {});
      await exit;
    },
  };
}

interface Answer {
  readonly type: string;
  readonly request_seq: number;
  readonly success: boolean;
  readonly message?: string;
  readonly body?: unknown;
}
