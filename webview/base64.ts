/** Base64 (RFC 4648, section 4) both ways, without a string as long as the data in between. */
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/** A multiple of three: pieces join without padding. */
const PIECE = 3 * 8192;

export function encodeBase64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let from = 0; from < bytes.length; from += PIECE) {
    pieces.push(btoa(String.fromCharCode(...bytes.subarray(from, from + PIECE))));
  }
  return pieces.join("");
}

/** White space is passed over; anything else that is no base64 throws. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const values = new Int16Array(128).fill(-1);
  for (let at = 0; at < ALPHABET.length; at++) values[ALPHABET.charCodeAt(at)] = at;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let count = 0;
  let bits = 0;
  let held = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 61 || code <= 32) continue; // "=" and white space
    const value = code < 128 ? values[code] : -1;
    if (value < 0) throw new Error(`Character ${at} of the trace is no base64.`);
    held = ((held << 6) | value) & 0xff_ffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[count++] = (held >> bits) & 0xff;
    }
  }
  return bytes.subarray(0, count);
}
