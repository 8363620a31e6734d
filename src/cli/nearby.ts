/**
 * Paths as a person at this terminal would write them: relative where the file lies below the folder in which the command
 * was started, absolute elsewhere. For what is printed; JSON keeps what the trace says.
 */
import { nearby } from "../explore/node/nearby.ts";
import type { Diagnostic } from "../protocol/program.ts";
import type { Finding } from "../trace/finding.ts";

export function findingsNearby(findings: readonly Finding[], folder: string): Finding[] {
  const near = <T extends { readonly file: string }>(place: T): T => ({
    ...place,
    file: nearby(place.file, folder),
  });
  return findings.map((finding) => ({
    ...finding,
    sites: finding.sites.map(near),
    ...(finding.chain && {
      chain: finding.chain.map((link) => ({
        ...link,
        ...(link.site && { site: near(link.site) }),
      })),
    }),
  }));
}

export function diagnosticsNearby(
  diagnostics: readonly Diagnostic[],
  folder: string,
): Diagnostic[] {
  return diagnostics.map((diagnostic) => ({
    ...diagnostic,
    file: nearby(diagnostic.file, folder),
    ...(diagnostic.related && {
      related: diagnostic.related.map((one) => ({ ...one, file: nearby(one.file, folder) })),
    }),
  }));
}
