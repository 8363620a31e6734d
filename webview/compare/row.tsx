/** One model: its name and figures, a sentence, and beneath them its cores. */
import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { modelSentence } from "../../src/analysis/model-comparison.ts";
import { plainText } from "../../src/analysis/sentence.ts";
import { percent } from "../../src/analysis/words.ts";
import { coresLayout } from "../model/layout.ts";
import type { Picture } from "../model/picture.ts";
import { isOver } from "../model/state.ts";
import { actionOf } from "../view/keys.ts";
import { useComparison, usePart } from "./context.ts";
import { PlainSentence } from "./plain-sentence.tsx";
import { RowView } from "./row-view.ts";
import type { ModelRow } from "./state.ts";

interface RowProps {
  readonly row: ModelRow;
  /** The axis above all rows, which the first one keeps up. */
  readonly axis: RefObject<SVGSVGElement | null> | null;
}

export function Row({ row, axis }: RowProps) {
  const comparison = useComparison();
  const { text } = comparison;
  const { run, model, picture, phase, statusText } = row;
  const figures = picture && comparison.figures(picture);
  const id = `model-${model}`;
  const status = phase === null ? text("compare.waiting") : statusText;
  const went = figures?.finished === true;
  return (
    <section class="model" aria-labelledby={id}>
      <div class="about">
        <h2 id={id}>{text(`compare.label.${model}`)}</h2>
        <span class="dim">
          {figures && went
            ? [
                text.count("compare.cores", figures.cores),
                ...(figures.quantum === undefined
                  ? []
                  : [text("compare.quantum", { ticks: figures.quantum })]),
                comparison.words(picture).duration(figures.ticks),
                text.count("lane.coreSub", figures.switches),
                text("compare.busy", { share: percent(figures.busy, 1) }),
              ].join(" · ")
            : text(`compare.what.${model}`)}
        </span>
        {!went && <span class={`phase ${phase ?? ""}`}>{status}</span>}
        {picture && isOver(phase) && (
          <button
            type="button"
            class="link"
            title={text("compare.openHint")}
            onClick={() => comparison.open(run)}
          >
            {text("compare.open")}
          </button>
        )}
      </div>
      {figures && went && (
        <p class="says">
          <PlainSentence pieces={modelSentence(picture.timeline, figures)} />
        </p>
      )}
      {picture && isOver(phase) && !went && <Failure picture={picture} />}
      {picture && <Cores row={row} picture={picture} axis={axis} />}
    </section>
  );
}

/** Why a model could not play it to its end. */
function Failure({ picture }: { readonly picture: Picture }) {
  const finding = picture.timeline.trace.findings.find(({ severity }) => severity === "error");
  if (!finding) return null;
  return (
    <p class="says bad">
      {finding.code}: {finding.message} {finding.remedy}
    </p>
  );
}

interface CoresProps extends RowProps {
  readonly picture: Picture;
}

function Cores({ row: { run, model, phase }, picture, axis }: CoresProps) {
  const comparison = useComparison();
  const { text } = comparison;
  const window = usePart((state) => state.window);
  const hovered = usePart((state) => (state.hovered?.run === run ? state.hovered.hit : null));
  const extent = usePart(() => comparison.extent.end);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [view, setView] = useState<RowView | null>(null);
  useEffect(() => {
    const made = new RowView(canvas.current!, axis?.current ?? null, comparison.frames, {
      extent: () => comparison.extent,
      moved: (moved) => comparison.show(moved),
    });
    setView(made);
    return () => made[Symbol.dispose]();
  }, [comparison, axis]);
  useEffect(() => {
    view?.set({
      picture,
      labels: comparison.labels(picture, view.measure),
      window: comparison.window,
      hovered,
    });
  }, [view, picture, window, extent, hovered]);
  const figures = comparison.figures(picture);
  const sentence = figures ? plainText(modelSentence(picture.timeline, figures)) : "";
  const layout = coresLayout(picture);
  return (
    <div class="cores">
      <div class="gutter names" aria-hidden="true" style={{ height: `${layout.height}px` }}>
        {layout.rows.map(
          (one) =>
            one.kind === "lane" &&
            one.lane.kind === "core" && (
              <span key={one.key} style={{ top: `${one.y}px` }}>
                {comparison.words(picture).core(one.lane)}
              </span>
            ),
        )}
      </div>
      <div class="plot">
        <canvas
          ref={canvas}
          class="model-cores"
          tabIndex={0}
          role="img"
          aria-label={text("compare.canvas", { model: text(`compare.label.${model}`), sentence })}
          aria-describedby="compare-keys"
          onPointerMove={(event) => {
            const hit = event.buttons === 0 ? view?.hitAt(event.clientX, event.clientY) : null;
            comparison.hover(hit ? { run, hit, x: event.clientX, y: event.clientY } : null);
          }}
          onPointerLeave={() => comparison.hover(null)}
          onClick={() => isOver(phase) && comparison.open(run)}
          onKeyDown={(event) => {
            const action = actionOf(event, false);
            if (!view || !action) return;
            if (action.kind === "pan") comparison.show(view.panned(action.share));
            else if (action.kind === "zoom") comparison.show(view.zoomedBy(action.factor));
            else if (action.kind === "fit") comparison.show(null);
            else if (action.kind === "activate" && isOver(phase)) comparison.open(run);
            else return;
            event.preventDefault();
          }}
        />
      </div>
    </div>
  );
}
