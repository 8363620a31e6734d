/** `exploring`: whether every order of this program is tried, or it is stepped: so that a run may be as large as it likes. */
import { engine } from "../intrinsics.ts";

export function exploring(): boolean {
  return engine.exploring;
}
