/**
 * What happened, one operation a row, and faint what was undone. Only the rows in sight are there: a run may have a hundred
 * thousand. One list box with one place in the order of Tab; arrow keys go through it (WAI-ARIA, listbox pattern).
 */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Place } from "../../../src/trace/finding.ts";
import { fileName } from "../../../src/trace/timeline/names.ts";
import { grouped } from "../../strings.ts";
import { Swatch } from "../../ui/swatch.tsx";
import { Ticked } from "../../ui/ticked.tsx";
import type { HistoryRow } from "../model/history.ts";
import { usePart, useStepper } from "./context.ts";

/** In pixels; rows have one line. */
const ROW = 24;
/** Rows beyond each edge that are there, too: so that scrolling shows no gaps. */
const BEYOND = 8;

export function History() {
  const stepper = useStepper();
  const { text } = stepper;
  usePart((state) => state.treeVersion);
  const rows = stepper.history();
  const here = rows.findIndex(({ when }) => when === "here");
  const box = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(here);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(240);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setHeight(entry.contentRect.height));
    observer.observe(box.current!);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    setActive(here);
    bringIntoSight(box.current, here);
  }, [here, rows.length]);
  const at = Math.min(active, rows.length - 1);
  const first = Math.max(0, Math.floor(top / ROW) - BEYOND);
  const last = Math.min(rows.length, Math.ceil((top + height) / ROW) + BEYOND);
  const move = (to: number): void => {
    const next = Math.max(0, Math.min(rows.length - 1, to));
    setActive(next);
    bringIntoSight(box.current, next);
  };
  const press = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor(height / ROW) - 1);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -rows.length,
      End: rows.length,
    };
    if (event.key === "Enter") stepper.goTo(rows[at].moment);
    else if (Object.hasOwn(steps, event.key)) move(at + steps[event.key]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <section class="history">
      <h2 id="history-title">{text("history.title")}</h2>
      <div
        ref={box}
        class="rows"
        role="listbox"
        tabIndex={0}
        aria-labelledby="history-title"
        aria-description={text("history.help")}
        aria-activedescendant={`happened-${rows[at].moment}`}
        onScroll={(event) => setTop(event.currentTarget.scrollTop)}
        onKeyDown={press}
      >
        <div class="all" role="presentation" style={{ height: `${rows.length * ROW}px` }}>
          {rows.slice(first, last).map((row, index) => (
            <Row
              key={row.moment}
              row={row}
              top={(first + index) * ROW}
              position={first + index + 1}
              count={rows.length}
              active={first + index === at}
            />
          ))}
        </div>
      </div>
      {rows.length === 1 && <p class="dim">{text("history.empty")}</p>}
    </section>
  );
}

interface RowProps {
  readonly row: HistoryRow;
  readonly top: number;
  /** From 1. */
  readonly position: number;
  readonly count: number;
  readonly active: boolean;
}

function Row({ row, top, position, count, active }: RowProps) {
  const stepper = useStepper();
  const { text } = stepper;
  const { moment, step, by, when } = row;
  const thread = by ? stepper.nameOf(by.thread) : "";
  return (
    <div
      class={`row ${when}${active ? " active" : ""}`}
      id={`happened-${moment}`}
      role="option"
      aria-selected={when === "here"}
      aria-setsize={count}
      aria-posinset={position}
      style={{ top: `${top}px` }}
      onClick={() => stepper.goTo(moment)}
    >
      <span class="number">{grouped(step)}</span>
      {by ? (
        <>
          <span class="who">
            <Swatch kind="thread" order={by.thread} />
            {thread}
          </span>
          <span class="did" title={by.text}>
            <Ticked text={by.text} />
          </span>
          <span class="dim line" title={by.place?.file}>
            {by.place && <Line place={by.place} />}
          </span>
        </>
      ) : (
        <span class="did">{text("history.begin")}</span>
      )}
      {when !== "past" && (
        <span class="tag">{text(when === "here" ? "history.here" : "history.undone")}</span>
      )}
    </div>
  );
}

/** The program's own file is not named again in each row. */
function Line({ place }: { readonly place: Place }) {
  const title = usePart((state) => state.title);
  const file = fileName(place.file);
  return <>{file === title ? `:${place.line}` : `${file}:${place.line}`}</>;
}

function bringIntoSight(box: HTMLElement | null, index: number): void {
  if (!box) return;
  const top = index * ROW;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top + ROW > box.scrollTop + box.clientHeight) {
    box.scrollTop = top + ROW - box.clientHeight;
  }
}
