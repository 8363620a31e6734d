/** How numbers and places are said. */
import type { SiteId } from "../base/brand.ts";
import type { Place } from "../trace/finding.ts";
import { fileName } from "../trace/timeline/names.ts";
import type { Trace } from "../trace/trace.ts";

/** `58 %`; never 0 % of something, nor 100 % of less than all. */
export function percent(part: number, whole: number): string {
  if (whole <= 0 || part <= 0) return "0\u00a0%";
  const share = (100 * part) / whole;
  if (share < 1) return "<\u00a01\u00a0%";
  if (share > 99 && part < whole) return "99\u00a0%";
  return `${Math.round(share)}\u00a0%`;
}

/** `1 message`, `3 messages`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** `bank.ts:14`. */
export function placeText(place: Place): string {
  return `${fileName(place.file)}:${place.line}`;
}

/** `bank.ts:14`, or that the place is not known: records of what has no place in the person's text have none. */
export function siteText(trace: Trace, site: number): string {
  const place = trace.place(site as SiteId);
  return place === undefined ? "an unknown place" : placeText(place);
}

/** The places of sites that have one, each once. */
export function placesOf(trace: Trace, sites: Iterable<number>): Place[] {
  const places: Place[] = [];
  for (const site of new Set(sites)) {
    const place = trace.place(site as SiteId);
    if (place !== undefined) places.push(place);
  }
  return places;
}
