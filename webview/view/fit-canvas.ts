/** As many device pixels as the screen has, and one unit of drawing to a CSS pixel. */
export function fitCanvas(
  canvas: HTMLCanvasElement,
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  ratio: number,
): void {
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  // Setting either makes the canvas anew.
  if (canvas.width === wide && canvas.height === high) return;
  canvas.width = wide;
  canvas.height = high;
  canvas.style.height = `${height}px`;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
}
