/** Everything that one frame is drawn from. */
import type { Layout } from "../model/layout.ts";
import type { Picture } from "../model/picture.ts";
import type { TimeScale } from "../model/scale.ts";
import type { Emphasis } from "./emphasis.ts";
import type { Labels } from "./labels.ts";

export interface Scene {
  readonly picture: Picture;
  readonly layout: Layout;
  readonly scale: TimeScale;
  /** What of the layout's height is seen. */
  readonly top: number;
  readonly height: number;
  /** Where the grid has its lines, as on the axis. */
  readonly ticks: readonly number[];
  readonly labels: Labels;
  readonly emphasis: Emphasis;
}
