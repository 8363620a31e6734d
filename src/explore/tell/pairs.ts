/** Which lines met on what they share, and whether each came first once: what a search has covered, to be read. */
import { siteAsPlace } from "../../engine/program/names.ts";
import type { ConflictPair } from "../../protocol/explore.ts";
import type { CompiledProgram } from "../../protocol/program.ts";
import type { Place } from "../../trace/finding.ts";
import type { MetPair } from "../order.ts";

/** Of the first order that was seen, the first comes first. */
export function pairsOfLines(program: CompiledProgram, met: readonly MetPair[]): ConflictPair[] {
  const pairs = new Map<string, ConflictPair>();
  for (const { first, second, object, orders } of met) {
    const places = [siteAsPlace(program, first), siteAsPlace(program, second)] as const;
    const [one, other] = orders === 2 ? [places[1], places[0]] : places;
    if (one === undefined || other === undefined) continue;
    const known = pairs.get(keyOf(one, other, object));
    const turned = pairs.get(keyOf(other, one, object));
    const bothOrders = orders === 3 || turned !== undefined || known?.bothOrders === true;
    const [from, to] = turned === undefined ? [one, other] : [other, one];
    pairs.set(keyOf(from, to, object), { first: from, second: to, object, bothOrders });
  }
  return [...pairs.values()];
}

function keyOf(one: Place, other: Place, object: string): string {
  return `${one.file}:${one.line} ${other.file}:${other.line} ${object}`;
}
