// @threadloom
// @expect race
//
// One seat is left, and two counters sell it. Each looks, then sells: between the two the other may look as well. Nothing orders
// what they do, and that is the bug, whether the seat is sold twice this time or not. **Explore** shows both ends, and the
// nearest order of the threads in which all is well.

/** @shared */
let seats = 1;

/** @thread */
function north() {
  if (seats > 0) seats--;
}

/** @thread */
function south() {
  if (seats > 0) seats--;
}

// @final seats === 0
