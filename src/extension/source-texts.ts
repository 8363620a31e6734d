/**
 * Whether the sources are still what ran. A run remembers a fingerprint of each text; after a reload of the window nothing
 * is said beside lines of a file that has changed meanwhile, as it may stand at the wrong ones.
 */

/** The same for texts that differ by a byte order mark or the kind of their line ends: their lines are the same. */
export function fingerprintOf(text: string): string {
  const plain = text.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
  // Two times 32 bits, mixed as MurmurHash3 does: texts that somebody edits are no attack, and this needs nothing of Node.
  let [high, low] = [0x9e3779b9, plain.length];
  for (let at = 0; at < plain.length; at++) {
    const unit = plain.charCodeAt(at);
    high = Math.imul(high ^ unit, 0x85ebca6b);
    low = Math.imul(low ^ unit, 0xc2b2ae35);
  }
  return `${plain.length}-${mixed(high ^ (low >>> 15))}${mixed(low ^ (high >>> 13))}`;
}

function mixed(word: number): string {
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return ((word ^ (word >>> 16)) >>> 0).toString(16).padStart(8, "0");
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
