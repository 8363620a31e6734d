/**
 * One line on the terminal that says what goes on, and disappears when it is over. Only on a terminal, only on standard
 * error, and never before a moment has passed: a quick run flickers nothing.
 */
import { cutTo } from "./render/width.ts";

export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const PATIENCE_MS = 150;
const ERASE = "\r\u001b[K";

export class Progress implements Disposable {
  readonly #stream: ProgressStream;
  readonly #enabled: boolean;
  #text = "";
  #shown = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(stream: ProgressStream) {
    this.#stream = stream;
    this.#enabled = stream.isTTY === true;
  }

  say(text: string): void {
    this.#text = text;
    if (!this.#enabled) return;
    if (this.#shown) this.#draw();
    else this.#wait();
  }

  /** Takes the line away for as long as `write` writes something that stays. */
  around(write: () => void): void {
    this.#erase();
    write();
    if (this.#enabled && this.#text !== "") this.#wait();
  }

  [Symbol.dispose](): void {
    this.#text = "";
    clearTimeout(this.#timer);
    this.#erase();
  }

  #wait(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#draw();
    }, PATIENCE_MS);
  }

  #draw(): void {
    const columns = (this.#stream.columns || 80) - 1;
    this.#stream.write(ERASE + cutTo(this.#text, columns, "…"));
    this.#shown = true;
  }

  #erase(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#shown) this.#stream.write(ERASE);
    this.#shown = false;
  }
}
