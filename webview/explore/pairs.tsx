/** Pairs of lines that touch the same thing: what was met in one order only comes first, as nobody has seen the other. */
import type { ConflictPair } from "../../src/protocol/explore.ts";
import { usePage } from "./context.ts";
import { SourceLink } from "./source-link.tsx";

export interface PairsProps {
  readonly pairs: readonly ConflictPair[];
  /** How many there are. */
  readonly all: number;
}

export function Pairs({ pairs, all }: PairsProps) {
  const { text } = usePage();
  if (pairs.length === 0) return null;
  return (
    <section>
      <h2 id="pairs">{text("pairs.title")}</h2>
      <div class="wide" role="region" aria-labelledby="pairs" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{text("pairs.first")}</th>
              <th scope="col">{text("pairs.second")}</th>
              <th scope="col">{text("pairs.object")}</th>
              <th scope="col">{text("pairs.met")}</th>
            </tr>
          </thead>
          <tbody>
            {pairs.map(({ first, second, object, bothOrders }, index) => (
              <tr key={index}>
                <td>
                  <SourceLink place={first} />
                </td>
                <td>
                  <SourceLink place={second} />
                </td>
                <td>
                  <code>{object}</code>
                </td>
                <td>
                  {bothOrders ? (
                    <span class="met">✓ {text("pairs.both")}</span>
                  ) : (
                    <span class="once">▲ {text("pairs.one")}</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {all > pairs.length && <p class="dim">{text.count("pairs.rest", all - pairs.length)}</p>}
    </section>
  );
}
