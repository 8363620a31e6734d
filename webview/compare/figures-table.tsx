/** The same in numbers: for whoever does not see the rows, and for whoever wants to copy them. */
import { percent } from "../../src/analysis/words.ts";
import { grouped } from "../strings.ts";
import { useComparison, usePart } from "./context.ts";

const COLUMNS = ["cores", "ticks", "switches", "interrupted", "atOnce", "busy", "longest"] as const;

export function FiguresTable() {
  const comparison = useComparison();
  const { text } = comparison;
  const rows = usePart((state) => state.rows);
  const known = rows.flatMap(({ picture }) => {
    const figures = picture && comparison.figures(picture);
    return picture && figures?.finished ? [{ picture, figures }] : [];
  });
  if (known.length === 0) return null;
  return (
    // It may be wider than the page, and is scrolled by keys then.
    <div class="table" role="region" aria-label={text("compare.table")} tabIndex={0}>
      <table>
        <caption>{text("compare.table")}</caption>
        <thead>
          <tr>
            <th scope="col">{text("compare.column.model")}</th>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" class="number">
                {text(`compare.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {known.map(({ picture, figures }) => {
            const words = comparison.words(picture);
            const { longestWait: longest } = figures;
            const shown: Readonly<Record<(typeof COLUMNS)[number], string>> = {
              cores: String(figures.cores),
              ticks: grouped(figures.ticks),
              switches: grouped(figures.switches),
              interrupted: grouped(figures.interrupted),
              atOnce: String(figures.atOnce),
              busy: percent(figures.busy, 1),
              longest: longest
                ? `${words.duration(longest.time)} (${words.thread(longest.thread)})`
                : "–",
            };
            return (
              <tr key={figures.model}>
                <th scope="row">{text(`compare.label.${figures.model}`)}</th>
                {COLUMNS.map((column) => (
                  <td key={column} class="number">
                    {shown[column]}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
