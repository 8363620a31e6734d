/** A card for each thread; of many, for the first of each group, with a box to find the others. */
import { cardGroups, isMany, SHOWN } from "../model/cards.ts";
import { Card } from "./card.tsx";
import { usePart, useStepper } from "./context.ts";

export function Cards() {
  const stepper = useStepper();
  const { text } = stepper;
  const now = usePart((state) => state.now);
  const search = usePart((state) => state.search);
  const shown = usePart((state) => state.shown);
  if (!now) return null;
  const groups = cardGroups(now.threads, search, shown);
  const none = groups.every(({ threads }) => threads.length === 0);
  const digits = new Map(now.threads.slice(0, 9).map(({ id }, index) => [id, index + 1]));
  return (
    <section class="threads" id="threads" aria-label={text("cards.label")} tabIndex={-1}>
      <h2 class="unseen">{text("cards.label")}</h2>
      {isMany(now.threads) && (
        <input
          type="search"
          spellcheck={false}
          aria-label={text("cards.search")}
          placeholder={text("cards.search")}
          title={text("cards.searchHint")}
          value={search}
          onInput={(event) => stepper.search(event.currentTarget.value)}
        />
      )}
      {none && <p class="dim">{text("cards.nothing")}</p>}
      {groups.map(({ state, threads, hidden }) => (
        <div key={state ?? "all"} class="group-of-cards">
          {state !== undefined && (
            <h2>
              {text("cards.group", {
                state: text(`state.${state}`),
                count: threads.length + hidden,
              })}
            </h2>
          )}
          <div class="cards">
            {threads.map((thread) => (
              <Card key={thread.id} thread={thread} now={now} digit={digits.get(thread.id)} />
            ))}
          </div>
          {hidden > 0 && state !== undefined && (
            <button
              type="button"
              class="more"
              onClick={() => stepper.showMore(state, threads.length + SHOWN)}
            >
              {text("cards.more", { count: Math.min(SHOWN, hidden) })}
            </button>
          )}
        </div>
      ))}
    </section>
  );
}
