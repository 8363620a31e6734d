/**
 * Puts a display list on a canvas. Knows nothing of threads or locks; everything it draws is in the list, everything
 * that it looks like is in the theme.
 */
import { Op, type DisplayList } from "../model/display.ts";
import type { Theme } from "./theme.ts";

const DIMMED = 0.25;
const CORNER = 2;
/** Narrower areas are filled plainly: a texture could not be made out. */
const TEXTURED_FROM = 5;
const HEAD = 6;

/** The canvas is scaled so that one unit is a CSS pixel. */
export function paint(context: CanvasRenderingContext2D, list: DisplayList, theme: Theme): void {
  const { looks } = theme;
  let filled: string | CanvasPattern | null = null;
  let faint = false;
  context.globalAlpha = 1;
  context.textBaseline = "middle";
  for (let at = 0; at < list.count; at++) {
    const look = looks[list.style[at]];
    const x = list.x[at];
    const y = list.y[at];
    const width = list.width[at];
    const height = list.height[at];
    const dim = list.dimmed[at] === 1;
    if (dim !== faint) {
      context.globalAlpha = dim ? DIMMED : 1;
      faint = dim;
    }
    const op = list.op[at] as Op;
    if (op === Op.fill || op === Op.band || op === Op.column) {
      const plain = op === Op.column || width < TEXTURED_FROM || height < 3;
      const fill = plain ? look.solid : look.fill;
      if (fill !== filled) context.fillStyle = filled = fill;
      if (op === Op.band) band(context, theme, x, y, width, height);
      else context.fillRect(x, y, width, height);
      continue;
    }
    filled = null;
    switch (op) {
      case Op.outline:
        context.strokeStyle = look.solid;
        context.lineWidth = 2;
        context.beginPath();
        context.roundRect(x, y, width, height, 3);
        context.stroke();
        break;
      case Op.text:
      case Op.plate:
        words(context, theme, list, at, op === Op.plate);
        break;
      case Op.line:
        context.strokeStyle = look.solid;
        context.lineWidth = 1;
        context.beginPath();
        context.moveTo(x, y);
        context.lineTo(x + width, y + height);
        context.stroke();
        break;
      case Op.arrow:
        context.strokeStyle = context.fillStyle = look.solid;
        context.lineWidth = 1.2;
        arrow(context, x, y, width, height);
        break;
      case Op.crossing:
        context.strokeStyle = context.fillStyle = look.solid;
        context.lineWidth = 1.4;
        crossing(context, x, y, width, height);
        break;
      case Op.dot:
        context.fillStyle = look.solid;
        context.beginPath();
        context.arc(x, y, width / 2, 0, Math.PI * 2);
        context.fill();
        break;
      case Op.pin:
        context.fillStyle = look.solid;
        context.beginPath();
        context.moveTo(x, y + width * 0.7);
        context.lineTo(x - width / 2, y - width * 0.2);
        context.lineTo(x + width / 2, y - width * 0.2);
        context.fill();
        break;
    }
  }
  context.globalAlpha = 1;
}

function band(
  context: CanvasRenderingContext2D,
  theme: Theme,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  context.beginPath();
  context.roundRect(x, y, width, height, Math.min(CORNER, height / 2));
  context.fill();
  if (theme.border === null) return;
  context.strokeStyle = theme.border;
  context.lineWidth = 1;
  context.stroke();
}

function words(
  context: CanvasRenderingContext2D,
  theme: Theme,
  list: DisplayList,
  at: number,
  plate: boolean,
): void {
  const x = list.x[at];
  const y = list.y[at];
  if (plate) {
    context.fillStyle = theme.background;
    const alpha = context.globalAlpha;
    context.globalAlpha = alpha * 0.86;
    context.beginPath();
    context.roundRect(x - 3, y - 7, list.width[at] + 6, 14, CORNER);
    context.fill();
    context.globalAlpha = alpha;
  }
  context.font = plate ? theme.font : theme.boldFont;
  context.fillStyle = theme.looks[list.style[at]].ink;
  context.fillText(list.text[at], x, y + 0.5);
}

/** A bow that rises a little above both ends when they are level, else an S between lanes. */
function arrow(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  const level = Math.abs(height) < 1;
  const rise = level ? -Math.min(11, 4 + width / 8) : 0;
  const reach = Math.min(width / 2, 24);
  const toX = x + width;
  const toY = y + height;
  context.beginPath();
  context.moveTo(x, y);
  if (level) context.bezierCurveTo(x + reach, y + rise, toX - reach, toY + rise, toX, toY);
  else context.bezierCurveTo(x + reach, y, toX - reach, toY, toX, toY);
  context.stroke();
  const angle = level ? Math.atan2(-rise, reach || 1) : Math.atan2(0, 1);
  head(context, toX, toY, angle);
}

/** Straight and dashed, with an open square where it leaves. */
function crossing(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  context.strokeRect(x - 2.5, y - 2.5, 5, 5);
  context.setLineDash([5, 3]);
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x + width, y + height);
  context.stroke();
  context.setLineDash([]);
  head(context, x + width, y + height, Math.atan2(height, width));
}

function head(context: CanvasRenderingContext2D, x: number, y: number, angle: number): void {
  const back = HEAD * Math.cos(angle);
  const down = HEAD * Math.sin(angle);
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x - back - down / 2, y - down + back / 2);
  context.lineTo(x - back + down / 2, y - down - back / 2);
  context.fill();
}
