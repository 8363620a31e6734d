/** What steps on semaphores, barriers, latches and wait groups say of themselves, and what these show. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Stepped } from "./stepped.ts";

const MEETING = `import { Barrier, choose, current, Latch, park, RwLock, Semaphore, WaitGroup } from "threadloom:std";
const seats = new Semaphore(3), gate = new Barrier(1), over = new Latch(2), group = new WaitGroup();
const seat = seats.acquire(2); seats.tryAcquire(2); seats.release(); seats.available;
gate.wait();
over.countDown(2); over.wait(); over.count;
group.add(); group.done(); group.wait();
choose(3); current().unpark(); park();
const table = new RwLock([1]);
table.read().unlock(); table.write();`;

test("steps are told in the words of their primitive, and objects show where they stand", async () => {
  const stepped = await Stepped.of(MEETING);
  await stepped.continue();
  assert.deepEqual((await stepped.history()).slice(1, -1), [
    "main acquires 2 permits of `seats`",
    "main tries to acquire 2 permits of `seats`",
    "main releases 1 permit of `seats`",
    "main asks about `seats` → 2",
    "main arrives at `gate` (0 of 1 there)",
    "main passes `gate`",
    "main counts down `over` by 2",
    "main passes `over`",
    "main asks about `over` → 0",
    "main counts up `group`",
    "main counts down `group`",
    "main passes `group`",
    "main chooses one of 3",
    "main unparks main",
    "main goes on unparked",
    "main locks `table` to read",
    "main ends reading `table`",
    "main locks `table` to write",
  ]);
  assert.deepEqual(stepped.object, {
    seats: "2 permits",
    gate: "0 of 1 there",
    over: "0 left",
    group: "0 left",
    table: "held to write",
  });
});

test("who waits for a permit says so", async () => {
  const stepped = await Stepped.of(`import { Semaphore } from "threadloom:std";
const seats = new Semaphore(0);
seats.acquire();`);
  await stepped.step("main");
  assert.equal(stepped.thread("main").why, "waits for a permit of `seats`");
});
