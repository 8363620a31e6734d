/** How pipes, connections, listeners and ports look to somebody who steps: what is under way, and what a step does. */
import type { Address } from "../../../base/brand.ts";
import { listener, ListenerOperation, ListenerWord } from "../../../objects/listener.ts";
import type { ObjectKind } from "../../../objects/object.ts";
import { ports, PortsOperation } from "../../../objects/ports.ts";
import {
  bytesIn,
  Closing,
  connection,
  pipe,
  WireOperation,
  WireWord,
} from "../../../objects/wire.ts";
import type { EventClass } from "../../../protocol/step.ts";

const plural = (n: number, one: string): string => `${n} ${n === 1 ? one : `${one}s`}`;

/** "3 bytes, 2 under way"; undefined for another kind. */
export function wireText(words: Int32Array, kind: ObjectKind, at: Address): string | undefined {
  if (kind === listener) {
    const waiting = plural(words[at + ListenerWord.WAITING], "connection");
    return `port ${words[at + ListenerWord.PORT]}, ${waiting} waiting`;
  }
  if (kind !== pipe && kind !== connection) return undefined;
  const { there, underWay } = bytesIn(words, at);
  const parts = [plural(there, "byte")];
  if (underWay > 0) parts.push(`${underWay} under way`);
  if (words[at + WireWord.CLOSING] === Closing.ENDED) parts.push("then the end");
  if (words[at + WireWord.CLOSING] === Closing.RESET) parts.push("then a reset");
  if (words[at + WireWord.DEAF] === 1) parts.push("nobody reads");
  return parts.join(", ");
}

type Form = readonly [verb: string, third: string, rest: string];

interface Asked {
  readonly operation: number;
  readonly a: number;
  readonly b: number;
}

/** What a step does: a verb, in its base form and for a third person, and what follows it. */
export function wireDeed(kind: ObjectKind, name: string, step: Asked): Form | undefined {
  if (kind === pipe || kind === connection) return ofWire(name, step);
  if (kind === listener) return LISTENER[step.operation]?.(name);
  return kind === ports ? ofPorts(step) : undefined;
}

function ofWire(name: string, { operation, a, b }: Asked): Form | undefined {
  switch (operation) {
    case WireOperation.WRITE:
    case WireOperation.TRY_WRITE:
      return ["write", "writes", `${plural(b, "byte")} to ${name}`];
    case WireOperation.READ:
    case WireOperation.TRY_READ:
      return ["read", "reads", `from ${name}`];
    case WireOperation.CLOSE_WRITER:
      return b === 1
        ? ["reset", "resets", name]
        : ["close", "closes", `the writing end of ${name}`];
    case WireOperation.CLOSE_READER:
      return ["close", "closes", `the reading end of ${name}`];
    case WireOperation.ARRIVE:
      return ["have", "has", `${plural(a, "byte")} arrive in ${name}`];
    case WireOperation.WRITABLE:
      return ["ask", "asks", `whether ${name} has room`];
    default:
      return ["ask", "asks", `whether something is in ${name}`];
  }
}

const LISTENER: Readonly<Record<number, (name: string) => Form>> = {
  [ListenerOperation.ACCEPT]: (name) => ["accept", "accepts", `a connection at ${name}`],
  [ListenerOperation.TRY_ACCEPT]: (name) => [
    "accept",
    "accepts",
    `a connection at ${name}, if any`,
  ],
  [ListenerOperation.READABLE]: (name) => ["ask", "asks", `whether somebody is at ${name}`],
  [ListenerOperation.SURELY_READABLE]: (name) => ["ask", "asks", `whether somebody is at ${name}`],
  [ListenerOperation.CONNECT]: (name) => ["connect", "connects", `to ${name}`],
  [ListenerOperation.CLOSE]: (name) => ["close", "closes", name],
  [ListenerOperation.DISCARD]: (name) => ["turn away", "turns away", `a connection at ${name}`],
};

function ofPorts({ operation, a, b }: Asked): Form | undefined {
  if (operation === PortsOperation.FIND) return ["look", "looks", `who listens at port ${a}`];
  if (operation === PortsOperation.FREE) return ["give back", "gives back", "its port"];
  return b === 0 ? ["take", "takes", "a free port"] : ["take", "takes", `port ${b}`];
}

/** To which class of events a step belongs; undefined for another kind. */
export function wireClass(kind: ObjectKind, operation: number): EventClass | undefined {
  if (kind === listener) {
    return operation === ListenerOperation.CONNECT
      ? "send"
      : operation <= ListenerOperation.TRY_ACCEPT
        ? "receive"
        : "any";
  }
  if (kind !== pipe && kind !== connection) return undefined;
  if (operation <= WireOperation.TRY_WRITE) return "send";
  return operation <= WireOperation.TRY_READ ? "receive" : "any";
}
