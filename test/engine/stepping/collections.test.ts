/** What steps on references, thread-locals and collections say of themselves, and what these show. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Stepped } from "./stepped.ts";

const PROGRAM = `import { AtomicRef, ThreadLocal } from "threadloom:std";
import { ConcurrentMap, ConcurrentQueue, ConcurrentStack, StripedCounter } from "threadloom:collections";
const head = new AtomicRef<{ n: number } | null>(null), own = new ThreadLocal(() => 1);
const ages = new ConcurrentMap<unknown, number>(), jobs = new ConcurrentQueue<string>(1), plates = new ConcurrentStack<number>(), sum = new StripedCounter();
const first = { n: 1 };
head.store(first); head.load(); head.compareExchange({ n: 0 }, null); head.compareExchange(first, { n: 2 }); head.swap({ n: 3 });
own.get(); own.get();
ages.set("ada", 36); ages.set("ada", 37); ages.get("ada"); ages.get({}); ages.getOrInsert(7, () => 8); ages.set(first, 9); ages.delete("alan"); ages.size;
jobs.push("wash"); jobs.push("dry"); jobs.size; jobs.pop(); jobs.push("iron"); jobs.pop(); jobs.pop(); jobs.push("fold");
plates.push(1); plates.push(2); plates.pop();
sum.add(-2); sum.add(2 ** 40); sum.sum();`;

test("steps are told in the words of their collection, and objects show where they stand", async () => {
  const stepped = await Stepped.of(PROGRAM);
  await stepped.continue();
  assert.deepEqual((await stepped.history()).slice(1, -1), [
    "main stores `head` ← {n: 1}",
    "main loads `head` → {n: 1}",
    "main finds `head` changed: expects an object that was never stored, is {n: 1}",
    "main exchanges `head`: {n: 1} → {n: 2}",
    "main swaps `head` ← {n: 3}, was {n: 2}",
    "main makes its own `own`",
    'main sets `ages`["ada"] ← 36, was nothing',
    'main sets `ages`["ada"] ← 37, was 36',
    'main looks up `ages`["ada"] → 37',
    "main looks up `ages`[{}] → nothing",
    "main looks up `ages`[7] → nothing",
    "main inserts `ages`[7] ← 8",
    "main sets `ages`[{n: 1}] ← 9, was nothing",
    'main deletes `ages`["alan"], was nothing',
    "main asks how many are in `ages` → 3",
    'main pushes "wash" into `jobs`',
    'main finds `jobs` full, for "dry"',
    "main asks how many are in `jobs` → 1",
    'main pops `jobs` → "wash"',
    'main pushes "iron" into `jobs`',
    'main pops `jobs` → "iron"',
    "main pops `jobs` → nothing",
    'main pushes "fold" into `jobs`',
    "main pushes 1 onto `plates`",
    "main pushes 2 onto `plates`",
    "main pops `plates` → 2",
    "main adds -2 to `sum`",
    "main adds 1099511627776 to `sum`",
    "main sums up `sum` → 1099511627774",
  ]);
  assert.deepEqual(stepped.object, {
    head: "{n: 3}",
    own: "a value for each thread",
    ages: "3 entries",
    jobs: "1 of 1 queued",
    plates: "not empty",
    sum: "1099511627774",
  });
});
