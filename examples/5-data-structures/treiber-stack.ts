// @threadloom
// A stack without a lock (R. K. Treiber, 1986): its head is one AtomicRef, a push or a pop is one exchange of it. Who finds it
// changed begins again; nobody ever waits. Replace the exchange of `push` by `head.store(…)` and click **Explore**: a schedule
// loses a plate.
import { AtomicRef, assert, scope } from "threadloom:std";

interface Plate {
  readonly number: number;
  readonly below: Plate | undefined;
}

const head = new AtomicRef<Plate | undefined>(undefined);

function push(number: number) {
  for (;;) {
    const below = head.load();
    if (head.compareExchange(below, { number, below }) === below) return;
  }
}

function pop(): number | undefined {
  for (;;) {
    const top = head.load();
    if (top === undefined || head.compareExchange(top, top.below) === top) return top?.number;
  }
}

scope((s) => {
  for (const [name, first] of [
    ["washer", 1],
    ["dryer", 3],
  ] as const) {
    s.spawn(
      () => {
        push(first);
        push(first + 1);
      },
      { name },
    );
  }
});

const plates: number[] = [];
for (let plate = pop(); plate !== undefined; plate = pop()) plates.push(plate);
assert(plates.length === 4);
console.log(`on the stack were ${plates.toSorted().join(", ")}`);
