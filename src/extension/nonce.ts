/** What lets our own script, and no other, run in a page: fresh for each page. */
import { nonceOf } from "./timeline-page.ts";

export function freshNonce(): string {
  return nonceOf(crypto.getRandomValues(new Uint8Array(16)));
}
