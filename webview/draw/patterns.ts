/** Textures that tell states apart without colour. Made in device pixels, so that they stay crisp on any screen. */

/** Side of a tile in CSS pixels. */
const TILE = 6;
const GROUND = 0.16;

function tile(
  context: OffscreenCanvasRenderingContext2D,
  ratio: number,
  draw: (tile: OffscreenCanvasRenderingContext2D, side: number) => void,
): CanvasPattern {
  const side = Math.max(4, Math.round(TILE * ratio));
  const canvas = new OffscreenCanvas(side, side);
  draw(canvas.getContext("2d")!, side);
  const pattern = context.createPattern(canvas, "repeat")!;
  // The picture is drawn in CSS pixels: a tile of device pixels is made smaller by as much.
  pattern.setTransform(new DOMMatrix([TILE / side, 0, 0, TILE / side, 0, 0]));
  return pattern;
}

/** Slanted, upright or level lines. */
export function hatch(
  context: OffscreenCanvasRenderingContext2D,
  ratio: number,
  colour: string,
  direction: "/" | "|" | "-",
): CanvasPattern {
  return tile(context, ratio, (canvas, side) => {
    canvas.fillStyle = colour;
    canvas.globalAlpha = GROUND;
    canvas.fillRect(0, 0, side, side);
    canvas.globalAlpha = 1;
    if (direction === "|") {
      canvas.fillRect(0, 0, side / 3, side);
      return;
    }
    if (direction === "-") {
      canvas.fillRect(0, 0, side, side / 5);
      return;
    }
    canvas.strokeStyle = colour;
    canvas.lineWidth = side / 3.6;
    canvas.beginPath();
    // Three lines, so that the corners of neighbouring tiles meet.
    for (const shift of [-side, 0, side]) {
      canvas.moveTo(shift - 1, side + 1);
      canvas.lineTo(shift + side + 1, -1);
    }
    canvas.stroke();
  });
}

export function dots(
  context: OffscreenCanvasRenderingContext2D,
  ratio: number,
  colour: string,
): CanvasPattern {
  return tile(context, ratio, (canvas, side) => {
    canvas.fillStyle = colour;
    canvas.globalAlpha = GROUND;
    canvas.fillRect(0, 0, side, side);
    canvas.globalAlpha = 0.9;
    canvas.beginPath();
    canvas.arc(side / 2, side / 2, side / 6, 0, Math.PI * 2);
    canvas.fill();
  });
}
