/** What is shared and how it stands now, who waits for whom, and what was printed on the way here. */
import type { StepObject } from "../../../src/protocol/step.ts";
import { Graph } from "../../ui/waits-for.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { Swatch } from "../../ui/swatch.tsx";
import { Ticked } from "../../ui/ticked.tsx";
import { ENGLISH, type StringKey } from "../../strings.ts";
import type { Stepper } from "../stepper.ts";
import { usePart, useStepper } from "./context.ts";

/** More rows, edges or lines than these are counted instead. */
const MOST_ROWS = 60;
const MOST_EDGES = 24;
const MOST_LINES = 200;

export function Objects() {
  const stepper = useStepper();
  const { text } = stepper;
  const objects = usePart((state) => state.now?.objects);
  if (!objects) return null;
  // What the last step changed is seen even among many.
  const shown =
    objects.length <= MOST_ROWS
      ? objects
      : [
          ...objects.filter(({ changed }) => changed),
          ...objects.filter((one) => !one.changed),
        ].slice(0, MOST_ROWS);
  return (
    <section class="objects">
      <h2>{text("now.objects")}</h2>
      {objects.length === 0 ? (
        <p class="dim">{text("now.noObjects")}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{text("now.name")}</th>
              <th scope="col">{text("now.value")}</th>
              <th scope="col">{text("now.waiting")}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((object, index) => (
              <Row key={index} object={object} />
            ))}
          </tbody>
        </table>
      )}
      {objects.length > shown.length && (
        <p class="dim">{text.count("now.more", objects.length - shown.length)}</p>
      )}
    </section>
  );
}

function Row({ object }: { readonly object: StepObject }) {
  const stepper = useStepper();
  const { text } = stepper;
  const { name, kind, text: value, place, holder, queue, changed } = object;
  return (
    <tr class={changed ? "changed" : ""}>
      <th scope="row">
        {place ? (
          <PlaceLink place={place}>
            <code>{name}</code>
          </PlaceLink>
        ) : (
          <code>{name}</code>
        )}{" "}
        <span class="dim">{kindOf(kind, stepper)}</span>
      </th>
      <td>
        {holder !== undefined && <Swatch kind="thread" order={holder} />}
        <Ticked text={value} />
        {changed && (
          <span class="tag" title={text("now.changed")}>
            <span aria-hidden="true">●</span>
            <span class="unseen">{text("now.changed")}</span>
          </span>
        )}
      </td>
      <td>
        {queue.slice(0, 4).map((id) => (
          <span key={id} class="who">
            <Swatch kind="thread" order={id} />
            {stepper.nameOf(id)}{" "}
          </span>
        ))}
        {queue.length > 4 && text.count("now.more", queue.length - 4)}
      </td>
    </tr>
  );
}

/** As the lanes call it, where they do. */
function kindOf(kind: string, { lanes }: Stepper): string {
  const key = `kind.${kind}`;
  return key in ENGLISH ? lanes.panel.text(key as StringKey) : kind;
}

export function Waits() {
  const stepper = useStepper();
  const { text } = stepper;
  const now = usePart((state) => state.now);
  if (!now) return null;
  const { edges, objects } = stepper.waits(now);
  const drawn = edges.slice(0, MOST_EDGES);
  const said = now.waits
    .slice(0, MOST_EDGES)
    .map(({ from, to, object }) =>
      text("now.edge", { from: stepper.nameOf(from), to: stepper.nameOf(to), object }),
    );
  return (
    <section class="waits">
      <h2>{text("now.waits")}</h2>
      {drawn.length === 0 ? (
        <p class="dim">{text("now.noWaits")}</p>
      ) : (
        <Graph
          edges={drawn}
          label={text("now.graph", { edges: said.join("; ") })}
          nameOf={(id) => (id >= 0 ? stepper.nameOf(id) : objects[-1 - id])}
          objectName={(object) => objects[object]}
        />
      )}
      {edges.length > drawn.length && (
        <p class="dim">{text.count("now.more", edges.length - drawn.length)}</p>
      )}
    </section>
  );
}

export function Output() {
  const stepper = useStepper();
  const { text } = stepper;
  const output = usePart((state) => state.output);
  const hidden = Math.max(0, output.length - MOST_LINES);
  return (
    <section class="printed">
      <h2>{text("now.output")}</h2>
      {output.length === 0 && <p class="dim">{text("now.noOutput")}</p>}
      {hidden > 0 && <p class="dim">{text.count("now.more", hidden)}</p>}
      <ol>
        {output.slice(hidden).map((line, index) => (
          <li key={hidden + index} class={line.stream}>
            <span class="who">
              <Swatch kind="thread" order={line.thread} />
              {stepper.nameOf(line.thread)}
            </span>
            <span class="said">{line.text}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
