/**
 * A path as a person would write it who works in a folder: relative where the file lies below it, absolute elsewhere. For what
 * is printed; data keeps whole paths.
 */
import path from "node:path";

export function nearby(file: string, folder: string): string {
  const relative = path.relative(folder, file);
  const outside = relative.split(path.sep)[0] === ".." || path.isAbsolute(relative);
  return outside || !path.isAbsolute(file) ? file : relative;
}
