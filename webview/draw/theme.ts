/**
 * What each style looks like in the theme at hand: read from VS Code's variables when they change, never while drawing.
 */
import { Style, STYLE_NAMES, type StyleId } from "../model/style.ts";
import { CONTRIBUTED_COLOURS, variableOf, type ThemeKind } from "./colours.ts";
import { dots, hatch } from "./patterns.ts";

export interface Look {
  /** What a wide area is filled with. */
  readonly fill: string | CanvasPattern;
  /** What lines, and areas too narrow for a texture, are drawn with. */
  readonly solid: string;
  /** Words upon it. */
  readonly ink: string;
}

export interface Theme {
  readonly kind: ThemeKind;
  readonly looks: readonly Look[];
  readonly background: string;
  /** Around bands in high contrast, where colours alone would not part them; else null. */
  readonly border: string | null;
  readonly font: string;
  readonly boldFont: string;
}

export function themeKind(body: HTMLElement): ThemeKind {
  const { classList } = body;
  if (classList.contains("vscode-high-contrast-light")) return "hcLight";
  if (classList.contains("vscode-high-contrast")) return "hcDark";
  return classList.contains("vscode-light") ? "light" : "dark";
}

/** `ratio` is the number of device pixels in a CSS pixel. */
export function readTheme(ratio: number): Theme {
  // A canvas of its own: one that is read from is drawn slowly ever after.
  const scratch = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true })!;
  const { body } = document;
  const kind = themeKind(body);
  const styles = getComputedStyle(body);
  const variable = (name: string, otherwise: string): string =>
    styles.getPropertyValue(name).trim() || otherwise;
  const contributed = (id: string): string => {
    const colour = CONTRIBUTED_COLOURS.find((one) => one.id === `threadloom.${id}`)!;
    return variable(variableOf(colour.id), colour[kind]);
  };
  const light = kind === "light" || kind === "hcLight";
  const background = variable("--vscode-editor-background", light ? "#ffffff" : "#1f1f1f");
  const foreground = variable("--vscode-foreground", light ? "#1f1f1f" : "#cccccc");
  const faint = variable("--vscode-descriptionForeground", light ? "#5f5f5f" : "#9d9d9d");
  const focus = variable("--vscode-focusBorder", "#0078d4");
  const plain = (solid: string, ink = foreground): Look => ({ fill: solid, solid, ink });
  const area = (solid: string): Look => ({ fill: solid, solid, ink: inkOn(scratch, solid) });

  const looks: Look[] = [];
  const set = (style: StyleId, look: Look): void => void (looks[style] = look);
  STYLE_NAMES.forEach((name, index) => {
    if (/^(thread|lock)\d/.test(name)) set(index as StyleId, area(contributed(name)));
  });
  const blocked = contributed("blocked");
  const waiting = contributed("waiting");
  const sleeping = contributed("sleeping");
  const stalled = contributed("stalled");
  const runnable = contributed("runnable");
  set(Style.running, area(contributed("running")));
  set(Style.blocked, {
    fill: hatch(scratch, ratio, blocked, "/"),
    solid: blocked,
    ink: foreground,
  });
  set(Style.waiting, { fill: dots(scratch, ratio, waiting), solid: waiting, ink: foreground });
  set(Style.sleeping, {
    fill: withAlpha(scratch, sleeping, 0.28),
    solid: withAlpha(scratch, sleeping, 0.45),
    ink: faint,
  });
  set(Style.stalled, {
    fill: hatch(scratch, ratio, stalled, "|"),
    solid: stalled,
    ink: foreground,
  });
  set(Style.runnable, {
    fill: hatch(scratch, ratio, runnable, "-"),
    solid: withAlpha(scratch, runnable, 0.5),
    ink: foreground,
  });
  const line = variable("--vscode-panel-border", light ? "#e0e0e0" : "#2b2b2b");
  set(Style.grid, plain(withAlpha(scratch, faint, kind.startsWith("hc") ? 0.4 : 0.16)));
  set(Style.group, plain(variable("--vscode-contrastBorder", line)));
  set(Style.text, plain(foreground));
  set(Style.faint, plain(faint, faint));
  set(Style.mark, plain(withAlpha(scratch, light ? "#000000" : "#ffffff", 0.75)));
  set(Style.failure, plain(variable("--vscode-errorForeground", blocked)));
  set(Style.mixed, plain(withAlpha(scratch, faint, 0.6)));
  const channel = contributed("channel");
  set(Style.channel, { fill: withAlpha(scratch, channel, 0.25), solid: channel, ink: foreground });
  const running = contributed("running");
  set(Style.parallel, { fill: withAlpha(scratch, running, 0.3), solid: running, ink: foreground });
  set(Style.load, plain(withAlpha(scratch, running, 0.55)));
  const lit = variable("--vscode-editorWarning-foreground", stalled);
  set(Style.lit, plain(lit));
  set(Style.selected, plain(focus));
  set(Style.hovered, plain(faint));
  set(Style.cursor, area(focus));
  set(Style.onCursor, plain(focus, inkOn(scratch, focus)));
  const region = variable("--vscode-badge-background", light ? "#c4c4c4" : "#4d4d4d");
  set(Style.region, { fill: region, solid: region, ink: inkOn(scratch, region) });

  const family = variable("--vscode-font-family", "system-ui, sans-serif");
  return {
    kind,
    looks,
    background,
    border: kind.startsWith("hc") ? variable("--vscode-contrastBorder", foreground) : null,
    font: `11px ${family}`,
    boldFont: `600 11px ${family}`,
  };
}

/** Red, green, blue and alpha of any CSS colour, by letting the canvas understand it. */
function channels(scratch: OffscreenCanvasRenderingContext2D, colour: string): Uint8ClampedArray {
  scratch.clearRect(0, 0, 1, 1);
  scratch.fillStyle = colour;
  scratch.fillRect(0, 0, 1, 1);
  return scratch.getImageData(0, 0, 1, 1).data;
}

function withAlpha(
  scratch: OffscreenCanvasRenderingContext2D,
  colour: string,
  alpha: number,
): string {
  const [red, green, blue] = channels(scratch, colour);
  return `rgb(${red} ${green} ${blue} / ${alpha})`;
}

/** Black or white, whichever reads better on `colour` (WCAG 2.2, relative luminance). */
function inkOn(scratch: OffscreenCanvasRenderingContext2D, colour: string): string {
  const [red, green, blue] = [...channels(scratch, colour)].map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return luminance > 0.179 ? "#0b0b0b" : "#ffffff";
}
