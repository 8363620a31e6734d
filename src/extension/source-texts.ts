/**
 * Whether the sources are still what ran. A run remembers a fingerprint of each text; after a reload of the window nothing
 * is said beside lines of a file that has changed meanwhile, as it may stand at the wrong ones.
 */
import { createHash } from "node:crypto";

/** The same for texts that differ by a byte order mark or the kind of their line ends: their lines are the same. */
export function fingerprintOf(text: string): string {
  const plain = text.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
  return createHash("sha256").update(plain).digest("base64url");
}

export function fingerprintsOf(
  texts: Iterable<readonly [file: string, text: string]>,
): Record<string, string> {
  return Object.fromEntries(Array.from(texts, ([file, text]) => [file, fingerprintOf(text)]));
}

/**
 * Names of the files whose text is no longer the one with that fingerprint, or can't be read.
 * `read` rejects for a file that is gone.
 */
export async function changedSince(
  fingerprints: Readonly<Record<string, string>>,
  read: (file: string) => Promise<string>,
): Promise<string[]> {
  const changed = await Promise.all(
    Object.entries(fingerprints).map(async ([file, fingerprint]) => {
      const now = await read(file).then(fingerprintOf, () => undefined);
      return now === fingerprint ? [] : [file];
    }),
  );
  return changed.flat();
}
