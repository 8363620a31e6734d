/** A story as plain text: a line for each thing that happened, with its place where the words do not name it. */
import type { StoryLine } from "../protocol/explore.ts";
import { fileName } from "../trace/timeline/names.ts";

export function storyText(story: readonly StoryLine[]): string {
  return story.map(storyLine).join("\n");
}

export function storyLine({ text, site }: StoryLine): string {
  if (site === undefined) return text;
  const place = `${fileName(site.file)}:${site.line}`;
  return text.includes(place) ? text : `${text} (${place})`;
}
