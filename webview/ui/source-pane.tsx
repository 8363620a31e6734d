/** In a report there is no editor to go to: a place's source is shown here, out of the trace. */
import { useEffect, useRef } from "preact/hooks";
import type { Picture } from "../model/picture.ts";
import { fileName } from "../../src/trace/timeline/names.ts";
import { usePanel, usePart } from "./context.ts";

export function SourcePane({ picture }: { readonly picture: Picture }) {
  const panel = usePanel();
  const lines = usePart((state) => state.source);
  const marked = useRef<HTMLLIElement>(null);
  useEffect(() => marked.current?.scrollIntoView({ block: "center" }), [lines]);
  const files = picture.timeline.trace.sources;
  const file = files.find((one) => one.file === lines?.file) ?? files[0];
  if (!file) return null;
  const inLines = (line: number): boolean =>
    file.file === lines?.file && line >= lines.line && line <= lines.endLine;
  return (
    <div class="sources">
      {files.length > 1 && (
        <select
          aria-label={panel.text("pane.source")}
          value={file.file}
          onChange={(event) => {
            const { value } = event.currentTarget;
            panel.store.set({ source: { file: value, line: 0, endLine: 0 } });
          }}
        >
          {files.map((one) => (
            <option key={one.file} value={one.file}>
              {fileName(one.file)}
            </option>
          ))}
        </select>
      )}
      <ol aria-label={fileName(file.file)}>
        {file.text.split(/\r\n|\r|\n/).map((text, index) => (
          <li
            key={index}
            ref={inLines(index + 1) && lines?.line === index + 1 ? marked : undefined}
            class={inLines(index + 1) ? "marked" : ""}
            aria-current={inLines(index + 1) ? "location" : undefined}
          >
            <code>{text}</code>
          </li>
        ))}
      </ol>
    </div>
  );
}
