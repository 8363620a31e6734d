/** An execution as a story: what its threads did to what they share, in order, a line each. */
import type { StoryLine } from "../../protocol/explore.ts";
import { placeText } from "../../analysis/words.ts";
import type { Finding } from "../../trace/finding.ts";
import type { Deed } from "./retold.ts";
import { turnsOf } from "./turns.ts";

/** A longer story is told by its end, which is where it goes wrong. */
const MOST_LINES = 40;
/** A longer turn of one thread is told by how it begins and how it ends. */
const MOST_OF_TURN = 6;
const TOLD_OF_TURN = 2;
/** Everybody prints, starts and ends; what decides is elsewhere. */
const UNTOLD: ReadonlySet<string> = new Set(["thread", "console", ""]);

/** `finding`: what it comes to. */
export function storyOf(deeds: readonly Deed[], finding: Finding): StoryLine[] {
  const sharers = new Map<number, Set<number>>();
  for (const { thing, id } of deeds) {
    const known = sharers.get(thing);
    if (known === undefined) sharers.set(thing, new Set([id]));
    else known.add(id);
  }
  const telling = deeds.filter(({ kind, wakes }) => wakes || !UNTOLD.has(kind));
  const isShared = (thing: number): boolean => (sharers.get(thing)?.size ?? 0) > 1;
  const shared = telling.filter(({ thing, wakes }) => wakes || isShared(thing));
  const told = telling.some(({ thing }) => isShared(thing)) ? shared : telling;
  const lines = turnsOf(told, ({ id }) => id).flatMap(turnLines);
  const left = Math.max(0, lines.length - MOST_LINES);
  return [
    ...(left > 0 ? [{ text: `… ${left} lines before these` }] : []),
    ...lines.slice(left),
    ...ends(finding),
  ];
}

function turnLines(turn: readonly Deed[]): StoryLine[] {
  if (turn.length <= MOST_OF_TURN) return turn.map(lineOf);
  const passed = turn.length - 2 * TOLD_OF_TURN;
  return [
    ...turn.slice(0, TOLD_OF_TURN).map(lineOf),
    { text: `… ${passed} more steps of ${turn[0].thread}` },
    ...turn.slice(-TOLD_OF_TURN).map(lineOf),
  ];
}

function lineOf({ thread, text, place }: Deed): StoryLine {
  const at = place === undefined ? "" : ` (${placeText(place)})`;
  return { text: `${thread} ${text}${at}`, ...(place === undefined ? {} : { site: place }) };
}

function ends({ chain, message, sites }: Finding): StoryLine[] {
  if (chain !== undefined && chain.length > 0) {
    return chain.map(({ text, site }) => ({ text, ...(site === undefined ? {} : { site }) }));
  }
  return [{ text: message, ...(sites[0] === undefined ? {} : { site: sites[0] }) }];
}
