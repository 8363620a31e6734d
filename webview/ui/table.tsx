/**
 * The picture as a table: the same facts for whoever does not see the lanes, and for whoever wants to read them one by
 * one. Pages rather than a list without end, since a screen reader counts rows.
 */
import { useMemo, useState } from "preact/hooks";
import type { Found } from "../model/found.ts";
import type { Picture } from "../model/picture.ts";
import {
  coreRows,
  eventRows,
  spanRows,
  taskRows,
  type TableRow,
  type TableSource,
} from "../model/table-rows.ts";
import { wireRows } from "../model/wire-rows.ts";
import type { Words } from "../model/words.ts";
import { grouped } from "../strings.ts";
import { usePanel, usePart } from "./context.ts";
import { PlaceLink } from "./place-link.tsx";
import { Swatch } from "./swatch.tsx";

const PAGE = 100;

type Shown = "spans" | "events" | "cores" | "tasks" | "wires";
const SOURCES: Readonly<
  Record<Shown, (picture: Picture, thread: number, found: Found | null) => TableSource>
> = { spans: spanRows, events: eventRows, cores: coreRows, tasks: taskRows, wires: wireRows };

export function Table({ picture }: { readonly picture: Picture }) {
  const panel = usePanel();
  const { text } = panel;
  const filter = usePart((state) => state.filter);
  const [what, setWhat] = useState<Shown>("spans");
  const [thread, setThread] = useState(-1);
  const [page, setPage] = useState(0);
  const found = panel.found(picture);
  const source = useMemo(
    () => SOURCES[what](picture, thread, found),
    [picture, what, thread, found, filter],
  );
  const pages = Math.max(1, Math.ceil(source.count / PAGE));
  const at = Math.min(page, pages - 1);
  const first = at * PAGE;
  const words = panel.words(picture);
  const rows = source.rows(first, Math.min(first + PAGE, source.count), words);
  return (
    <div class="table">
      <div class="controls">
        <label>
          {text("table.rows")}{" "}
          <select
            value={what}
            onChange={(event) => {
              setWhat(event.currentTarget.value as Shown);
              setPage(0);
            }}
          >
            <option value="spans">{text("table.spans")}</option>
            <option value="events">{text("table.events")}</option>
            {picture.cores.length > 0 && <option value="cores">{text("table.cores")}</option>}
            {picture.threads.some(({ tasks }) => tasks.count > 0) && (
              <option value="tasks">{text("table.tasks")}</option>
            )}
            {picture.wires.length > 0 && <option value="wires">{text("table.wires")}</option>}
          </select>
        </label>
        <label>
          {text("table.thread")}{" "}
          <select
            value={String(thread)}
            onChange={(event) => {
              setThread(Number(event.currentTarget.value));
              setPage(0);
            }}
          >
            <option value="-1">{text("table.all")}</option>
            {picture.threads.map((lane) => (
              <option key={lane.id} value={String(lane.id)}>
                {lane.name}
              </option>
            ))}
          </select>
        </label>
        <span class="dim" role="status">
          {source.count > 0 &&
            text("table.range", {
              first: first + 1,
              last: first + rows.length,
              count: grouped(source.count),
            })}
        </span>
        <button type="button" class="button" disabled={at === 0} onClick={() => setPage(at - 1)}>
          {text("table.previous")}
        </button>
        <button
          type="button"
          class="button"
          disabled={at >= pages - 1}
          onClick={() => setPage(at + 1)}
        >
          {text("table.next")}
        </button>
      </div>
      <table>
        <caption class="unseen">{text("table.caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{text("table.time")}</th>
            <th scope="col">{text("table.thread")}</th>
            <th scope="col">{text("table.what")}</th>
            <th scope="col">{text("table.duration")}</th>
            <th scope="col">{text("table.place")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.length === 0 && (
            <tr>
              <td colSpan={5}>{text("table.empty")}</td>
            </tr>
          )}
          {rows.map((row) => (
            <Row key={row.key} row={row} words={words} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ row, words }: { readonly row: TableRow; readonly words: Words }) {
  const panel = usePanel();
  return (
    <tr>
      <td class="number">
        <button type="button" class="link" onClick={() => panel.goTo(row.hit)}>
          {row.time}
        </button>
      </td>
      <td>
        <Swatch kind="thread" order={row.thread} />
        {row.threadName}
      </td>
      <td>{row.what}</td>
      <td class="number">{row.duration > 0 ? words.duration(row.duration) : ""}</td>
      <td>{row.place && <PlaceLink place={row.place} />}</td>
    </tr>
  );
}
