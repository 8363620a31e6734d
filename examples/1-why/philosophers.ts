// @threadloom
// @expect deadlock
//
// Three philosophers around a table (E. W. Dijkstra, 1965), with a fork between each two: everybody takes the left one, then the
// right one. Traced, it goes well nearly always: who is first has both forks before the others reach for theirs. **Explore**
// finds the order in which each holds one, and each waits for the next, for ever. Let one of them begin with the right fork, and
// every order ends.
import { Mutex, scope } from "threadloom:std";

const SEATS = 3;
const forks = Array.from({ length: SEATS }, () => new Mutex());

scope((s) => {
  for (let seat = 0; seat < SEATS; seat++) {
    s.spawn(
      () => {
        using left = forks[seat].lock();
        using right = forks[(seat + 1) % SEATS].lock();
      },
      { name: ["Aristotle", "Hypatia", "Confucius"][seat] },
    );
  }
});
