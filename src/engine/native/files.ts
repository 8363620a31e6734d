/**
 * `node:fs` as a recorded program finds it: what it reads of files is written down, and a replay gives it again without
 * looking. The functions that answer at once: `readFileSync`, `existsSync`, `readdirSync` for names.
 *
 * Only the program's own imports are led here. What packages read, and what Node reads to load them, is theirs: it differs by
 * what was loaded before. Left out: reading by handles, streams and promises, and what is told of a file beside its content.
 */
import fs from "node:fs";
import type { World } from "../outside/world.ts";

/** The first byte of an answer. */
const GIVEN = 0;
const FAILED = 1;

/** What Node tells of a failure, beside its message. */
const DETAILS = ["errno", "code", "syscall", "path"] as const;

type Reading = (...given: never[]) => unknown;

/** Its namespace, answered by `world` of the thread that asks. */
export function filesOf(world: () => World): Record<string, unknown> {
  const answered = (ask: () => Uint8Array): Uint8Array => {
    const answer = world().data(() => attempt(ask));
    if (answer[0] === GIVEN) return answer.subarray(1);
    throw failure(new TextDecoder().decode(answer.subarray(1)));
  };

  const readFileSync = (path: never, options?: unknown): unknown => {
    const { encoding, flag } = optionsOf(options);
    const bytes = answered(() => fs.readFileSync(path, { flag: flag as string }));
    const copy = Buffer.from(bytes);
    return encoding === undefined || encoding === null || encoding === "buffer"
      ? copy
      : copy.toString(encoding as BufferEncoding);
  };

  const existsSync = (path: never): boolean =>
    answered(() => Uint8Array.of(Number(fs.existsSync(path))))[0] === 1;

  const readdirSync = (path: never, options?: unknown): unknown => {
    const { encoding, withFileTypes } = optionsOf(options);
    if (withFileTypes === true || encoding === "buffer")
      return (fs.readdirSync as Reading)(path, options as never);
    const names = answered(() => {
      const found = (fs.readdirSync as Reading)(path, options as never);
      return new TextEncoder().encode(JSON.stringify(found));
    });
    return JSON.parse(new TextDecoder().decode(names)) as string[];
  };

  const files = { ...fs, readFileSync, existsSync, readdirSync };
  return { ...files, default: files };
}

interface Options {
  readonly encoding?: unknown;
  readonly flag?: unknown;
  readonly withFileTypes?: unknown;
}

const optionsOf = (options: unknown): Options =>
  typeof options === "string" ? { encoding: options } : ((options as Options | null) ?? {});

function attempt(ask: () => Uint8Array): Uint8Array {
  try {
    return tagged(GIVEN, ask());
  } catch (error) {
    const { name, message } = error as Error;
    const details = DETAILS.map((key) => [key, (error as Record<string, unknown>)[key]] as const);
    const told: Record<string, unknown> = { name, message, ...Object.fromEntries(details) };
    return tagged(FAILED, new TextEncoder().encode(JSON.stringify(told)));
  }
}

function tagged(tag: number, bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(1 + bytes.length);
  whole[0] = tag;
  whole.set(bytes, 1);
  return whole;
}

function failure(told: string): Error {
  const { name, message, ...details } = JSON.parse(told) as Record<string, unknown>;
  const made = name === "TypeError" ? new TypeError(String(message)) : new Error(String(message));
  return Object.assign(made, details);
}
