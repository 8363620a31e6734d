/**
 * What Node gives every program, declared for folders that have no `@types/node` and no DOM library: without it the
 * first `console.log` of a first program would be underlined in red. Only what programs commonly touch; with
 * `@types/node` installed that is used, and this is not.
 *
 * A text rather than a `.d.ts` file: as a file it would declare these names for our own sources, too.
 */
export const NODE_GLOBALS_PATH = "/threadloom:globals.d.ts";

export const NODE_GLOBALS = `
interface Console {
  assert(condition?: unknown, ...data: unknown[]): void;
  clear(): void;
  count(label?: string): void;
  countReset(label?: string): void;
  debug(...data: unknown[]): void;
  dir(item?: unknown, options?: object): void;
  error(...data: unknown[]): void;
  group(...data: unknown[]): void;
  groupCollapsed(...data: unknown[]): void;
  groupEnd(): void;
  info(...data: unknown[]): void;
  log(...data: unknown[]): void;
  table(data?: unknown, properties?: readonly string[]): void;
  time(label?: string): void;
  timeEnd(label?: string): void;
  timeLog(label?: string, ...data: unknown[]): void;
  trace(...data: unknown[]): void;
  warn(...data: unknown[]): void;
}
declare var console: Console;

interface NodeTimer extends Disposable {
  ref(): this;
  unref(): this;
  hasRef(): boolean;
  refresh(): this;
  [Symbol.toPrimitive](): number;
}
declare function setTimeout<A extends unknown[]>(callback: (...args: A) => void, delay?: number, ...args: A): NodeTimer;
declare function setTimeout(callback: (_: void) => void, delay?: number): NodeTimer;
declare function setInterval<A extends unknown[]>(callback: (...args: A) => void, delay?: number, ...args: A): NodeTimer;
declare function setInterval(callback: (_: void) => void, delay?: number): NodeTimer;
declare function setImmediate<A extends unknown[]>(callback: (...args: A) => void, ...args: A): NodeTimer;
declare function setImmediate(callback: (_: void) => void): NodeTimer;
declare function clearTimeout(timer: NodeTimer | number | string | undefined): void;
declare function clearInterval(timer: NodeTimer | number | string | undefined): void;
declare function clearImmediate(timer: NodeTimer | undefined): void;
declare function queueMicrotask(callback: () => void): void;
declare function structuredClone<T>(value: T, options?: { transfer?: readonly object[] }): T;

interface NodeStream {
  write(chunk: string | Uint8Array): boolean;
  readonly isTTY?: boolean;
  readonly columns?: number;
}
interface NodeProcess {
  readonly argv: string[];
  readonly env: Record<string, string | undefined>;
  readonly pid: number;
  readonly platform: string;
  readonly arch: string;
  readonly version: string;
  readonly versions: Record<string, string>;
  readonly stdout: NodeStream;
  readonly stderr: NodeStream;
  exitCode: number | string | null | undefined;
  cwd(): string;
  exit(code?: number | string | null): never;
  hrtime: { (time?: [number, number]): [number, number]; bigint(): bigint };
  memoryUsage(): { rss: number; heapTotal: number; heapUsed: number; external: number; arrayBuffers: number };
  nextTick<A extends unknown[]>(callback: (...args: A) => void, ...args: A): void;
  on(event: string, listener: (...args: any[]) => void): this;
  uptime(): number;
}
declare var process: NodeProcess;
declare var performance: { now(): number; readonly timeOrigin: number };

interface URLSearchParams extends Iterable<[string, string]> {
  readonly size: number;
  append(name: string, value: string): void;
  delete(name: string): void;
  get(name: string): string | null;
  getAll(name: string): string[];
  has(name: string): boolean;
  set(name: string, value: string): void;
  toString(): string;
}
declare var URLSearchParams: { new (init?: string | Record<string, string> | Iterable<[string, string]>): URLSearchParams };
interface URL {
  hash: string;
  host: string;
  hostname: string;
  href: string;
  readonly origin: string;
  password: string;
  pathname: string;
  port: string;
  protocol: string;
  search: string;
  readonly searchParams: URLSearchParams;
  username: string;
  toString(): string;
  toJSON(): string;
}
declare var URL: { new (url: string | URL, base?: string | URL): URL; canParse(url: string, base?: string): boolean };
interface TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
}
declare var TextEncoder: { new (): TextEncoder };
interface TextDecoder {
  decode(input?: ArrayBuffer | ArrayBufferView, options?: { stream?: boolean }): string;
}
declare var TextDecoder: { new (label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean }): TextDecoder };
interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: "abort", listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: "abort", listener: () => void): void;
}
declare var AbortSignal: { abort(reason?: unknown): AbortSignal; timeout(milliseconds: number): AbortSignal };
interface AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}
declare var AbortController: { new (): AbortController };

interface ImportMeta {
  readonly url: string;
  readonly filename: string;
  readonly dirname: string;
}
`;
