/**
 * What is to be drawn, as rows of numbers: the seam between the view-model, which fills a list, and the painter, which
 * puts it on a canvas and knows nothing else. Lists print as text, so tests compare them instead of pixels.
 *
 * A list is made once and filled again for every frame; it allocates only when a picture is larger than any before.
 */
import type { StyleId } from "./style.ts";
import { styleName } from "./style.ts";

export const Op = {
  /** x, y, width, height; textured where that can be made out. */
  fill: 0,
  /** The same with rounded corners. */
  band: 1,
  outline: 2,
  /** Text whose middle line is at y; width is the room it may take. */
  text: 3,
  /** Text on a ground that keeps it legible over a texture. */
  plate: 4,
  /** From x, y to x + width, y + height. */
  line: 5,
  /** A bow with an arrow's head from x, y to x + width, y + height. */
  arrow: 6,
  /** A dot: x, y its middle, width its diameter. */
  dot: 7,
  /** A triangle that points down to x, y; width its size. */
  pin: 8,
  /** As `fill`, never textured: part of what is too fine to be drawn one by one. */
  column: 9,
  /** A dashed line with an arrow's head, from x, y to x + width, y + height: what crosses from process to process. */
  crossing: 10,
} as const;
export type Op = (typeof Op)[keyof typeof Op];

const OP_NAMES = Object.keys(Op);

export class DisplayList {
  count = 0;
  op = new Uint8Array(1024);
  style = new Uint16Array(1024);
  dimmed = new Uint8Array(1024);
  x = new Float32Array(1024);
  y = new Float32Array(1024);
  width = new Float32Array(1024);
  height = new Float32Array(1024);
  readonly text: string[] = [];
  /** What is added while this is set is drawn faintly. */
  dim = false;

  clear(): void {
    this.count = 0;
    this.dim = false;
  }

  add(op: Op, style: StyleId, x: number, y: number, width: number, height: number): number {
    const at = this.count++;
    if (at === this.op.length) this.#grow();
    this.op[at] = op;
    this.style[at] = style;
    this.dimmed[at] = this.dim ? 1 : 0;
    this.x[at] = x;
    this.y[at] = y;
    this.width[at] = width;
    this.height[at] = height;
    return at;
  }

  addText(op: 3 | 4, style: StyleId, x: number, y: number, room: number, text: string): void {
    const at = this.add(op, style, x, y, room, 0);
    this.text[at] = text;
  }

  #grow(): void {
    const bigger = <T extends Uint8Array | Uint16Array | Float32Array>(
      column: T,
      made: new (length: number) => T,
    ): T => {
      const copy = new made(column.length * 2);
      copy.set(column);
      return copy;
    };
    this.op = bigger(this.op, Uint8Array);
    this.style = bigger(this.style, Uint16Array);
    this.dimmed = bigger(this.dimmed, Uint8Array);
    this.x = bigger(this.x, Float32Array);
    this.y = bigger(this.y, Float32Array);
    this.width = bigger(this.width, Float32Array);
    this.height = bigger(this.height, Float32Array);
  }
}

/** One line a row, rounded to a tenth of a pixel: `band blocked 151,130 121×18`. */
export function printDisplayList(list: DisplayList): string {
  const round = (value: number): number => Math.round(value * 10) / 10;
  const lines: string[] = [];
  for (let at = 0; at < list.count; at++) {
    const op = list.op[at] as Op;
    const words = op === Op.text || op === Op.plate ? ` "${list.text[at]}"` : "";
    lines.push(
      `${OP_NAMES[op]} ${styleName(list.style[at] as StyleId)}${list.dimmed[at] ? " dim" : ""} ` +
        `${round(list.x[at])},${round(list.y[at])} ${round(list.width[at])}×${round(list.height[at])}${words}`,
    );
  }
  return lines.join("\n");
}
