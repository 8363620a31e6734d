/** Which port a listener got, or why none: an answer of the world, so that a replay gives the same one without asking. */
import type { NetworkErrorCode } from "../../std/errors.ts";
import type { World } from "./world.ts";

const GOT = 0;
const REFUSED = 1;

export type PortAnswer = number | NetworkErrorCode;

function bytesOf(answer: PortAnswer): Uint8Array {
  if (typeof answer === "string") {
    return Uint8Array.of(REFUSED, ...new TextEncoder().encode(answer));
  }
  return Uint8Array.of(GOT, answer & 0xff, answer >>> 8);
}

/** `ask` has the answer from the network itself; without a world it is nobody's to write down. */
export function askedPort(world: World | undefined, ask: () => PortAnswer): PortAnswer {
  if (world === undefined) return ask();
  const bytes = world.data(() => bytesOf(ask()));
  if (bytes[0] === GOT) return bytes[1] | (bytes[2] << 8);
  return new TextDecoder().decode(bytes.subarray(1)) as NetworkErrorCode;
}
