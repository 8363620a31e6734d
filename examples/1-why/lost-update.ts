// @threadloom
//
// Two threads, one variable, and no lock: `counter++` reads, then writes, and whatever the other thread wrote in between
// is lost. Look at the lane of `counter` where reads and writes of both threads interleave. The final value is nearly
// never 20000, and another one each time.

/** @shared */
let counter = 0;

/** @thread */
function alice() {
  for (let i = 0; i < 10_000; i++) counter++;
}

/** @thread */
function bob() {
  for (let i = 0; i < 10_000; i++) counter++;
}

// @final counter === 20000
