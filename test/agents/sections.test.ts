import assert from "node:assert/strict";
import { test } from "node:test";
import { contentsOf, sectionOf } from "../../src/agents/words/sections.ts";

const PAGE = `<!-- Made. -->

# The library

What there is.

## Locks

### Mutex

A lock.

\`\`\`sh
# no heading
\`\`\`

#### \`lock()\`

Waits.

### \`Once\` and \`OnceCell\`

Once.

## Threads

Many.
`;

test("the contents of a page are its beginning and the names of its parts", () => {
  const contents = contentsOf(PAGE);
  assert.equal(
    contents,
    "# The library\n\nWhat there is.\n\n\nLocks:\n- Mutex\n- `Once` and `OnceCell`\n\nThreads:",
  );
});

test("a part is found by a word of its heading, in whatever case, with all that is beneath it", () => {
  const mutex = sectionOf(PAGE, "mutex")!;
  assert.match(mutex, /^### Mutex\n/);
  assert.match(mutex, /# no heading\n[^]*Waits\.$/);
  assert.match(sectionOf(PAGE, "OnceCell")!, /^### `Once` and `OnceCell`\n\nOnce\.$/);
  assert.match(sectionOf(PAGE, "Locks")!, /^## Locks[^]*Once\.$/);
});

test("what is no part is none, and neither is a line of a sample", () => {
  assert.equal(sectionOf(PAGE, "Barrier"), undefined);
  assert.equal(sectionOf(PAGE, "heading"), undefined);
});
