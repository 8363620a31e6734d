// @threadloom
//
// A weather station tells everybody everything (`broadcast`), and shows the newest reading to whoever looks (`watch`). Both
// readers of the broadcast get each reading, in order: look at the two arrows from every send. The one who only watches sees
// the newest each time it looks up, and may well miss some; the last one it cannot miss.
import { assert, broadcast, sleep, spawn, watch } from "threadloom:std";

interface Reading {
  readonly hour: number;
  readonly degrees: number;
}

const HOURS = 8;
const readings = broadcast<Reading>(HOURS);
const [display, shown] = watch<Reading>({ hour: -1, degrees: 0 });

const archive = readings.subscribe();
const warnings = readings.subscribe();

const archivist = spawn(() => [...archive].length, { name: "archivist" });

const guard = spawn(
  () => {
    let frosty = 0;
    for (const { degrees } of warnings) if (degrees < 0) frosty++;
    return frosty;
  },
  { name: "guard" },
);

const passerBy = spawn(
  () => {
    let looks = 0;
    for (let hour = -1; hour < HOURS - 1; looks++) {
      ({ hour } = shown.changed());
      sleep(1);
    }
    return looks;
  },
  { name: "passer-by" },
);

for (let hour = 0; hour < HOURS; hour++) {
  const reading = { hour, degrees: hour - 3 };
  const readers = readings.send(reading);
  assert(readers === 2);
  display.send(reading);
}
readings.drop();

console.log(`${archivist.join()} readings kept, ${guard.join()} of them frosty`);
const looks = passerBy.join();
assert(looks >= 1 && looks <= HOURS);
