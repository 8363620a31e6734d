/**
 * What Node has beside the language by which a program asks the world: `process.hrtime`, `node:crypto`, how many cores there are.
 * Whoever imports the modules finds the same functions in them.
 *
 * Files are `files.ts`'s. Left out: the network, other processes, and what these tell of time (`fs.statSync`).
 */
import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import os from "node:os";
import { environmentOf } from "./environment.ts";
import { installOutside, randomUuid } from "../outside/globals.ts";
import type { Outside } from "../outside/outside.ts";

export interface Asking {
  readonly outside: () => Outside;
  /** Whether it is the program that asks; no: a package that is being loaded. */
  readonly isAsked: () => boolean;
  readonly parallelism: () => number;
}

/** Has whatever this worker runs from here on ask there. */
export function installNodeOutside({ outside, isAsked, parallelism }: Asking): void {
  installOutside(globalThis, outside);
  process.env = environmentOf(process.env, () => (isAsked() ? outside().world : undefined));
  const hrtime = (): bigint => BigInt(outside().world.hrtime());
  const pair = (since: readonly [number, number] = [0, 0]): [number, number] => {
    const nanoseconds = outside().world.hrtime() - (since[0] * 1e9 + since[1]);
    const seconds = Math.floor(nanoseconds / 1e9);
    return [seconds, nanoseconds - seconds * 1e9];
  };
  process.hrtime = Object.assign(pair, { bigint: hrtime });
  installCrypto((bytes) => outside().world.fill(bytes));
  os.availableParallelism = parallelism;
  syncBuiltinESMExports();
}

function installCrypto(fill: (bytes: Uint8Array) => void): void {
  const { randomBytes, randomFillSync, randomInt } = crypto;
  Object.assign(crypto, {
    randomBytes(size: number, callback?: unknown) {
      // What is no size is refused as it always is; with a callback it is Node's own business when it is called.
      const isOurs =
        callback === undefined && Number.isInteger(size) && size >= 0 && size < 2 ** 31;
      if (!isOurs) return (randomBytes as (...given: unknown[]) => unknown)(size, callback);
      const bytes = Buffer.alloc(size);
      fill(bytes);
      return bytes;
    },
    randomFillSync(target: NodeJS.ArrayBufferView, ...range: number[]) {
      if (range.length > 0 || !ArrayBuffer.isView(target)) return randomFillSync(target, ...range);
      fill(new Uint8Array(target.buffer, target.byteOffset, target.byteLength));
      return target;
    },
    randomInt(...given: unknown[]) {
      const [low, high] = given.length === 1 ? [0, given[0]] : given;
      const isOurs = Number.isSafeInteger(low) && Number.isSafeInteger(high) && given.length <= 2;
      const range = Number(high) - Number(low);
      if (!isOurs || range <= 0 || range > MOST_RANGE) {
        return (randomInt as unknown as (...given: unknown[]) => unknown)(...given);
      }
      const bytes = new Uint8Array(6);
      // Without bias: draws again where the last range is incomplete.
      for (;;) {
        fill(bytes);
        const drawn = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
        if (drawn < MOST_RANGE - (MOST_RANGE % range)) return Number(low) + (drawn % range);
      }
    },
    randomUUID: () => randomUuid(fill),
  });
}

/** Of `randomInt`: six bytes. */
const MOST_RANGE = 2 ** 48;
