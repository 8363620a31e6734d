/**
 * The native engine's programs on the model engine: unchanged, with the same meaning. Each promise of those files is made
 * here again.
 */
process.env["THREADLOOM_TEST_FORM"] = "model";
await import("../native/actors.test.ts");
await import("../native/async.test.ts");
await import("../native/atomic-refs.test.ts");
await import("../native/broadcast.test.ts");
await import("../native/channels.test.ts");
await import("../native/choices.test.ts");
await import("../native/collections.test.ts");
await import("../native/futures.test.ts");
await import("../native/locks.test.ts");
await import("../native/runtimes.test.ts");
await import("../native/streams.test.ts");
await import("../native/packages.test.ts");
await import("../native/oneshot.test.ts");
await import("../native/select.test.ts");
await import("../native/shared.test.ts");
await import("../native/pipes.test.ts");
await import("../native/pools.test.ts");
await import("../native/process-pipes.test.ts");
await import("../native/processes.test.ts");
await import("../native/rwlocks.test.ts");
await import("../native/sockets.test.ts");
await import("../native/synchronisation.test.ts");
await import("../native/thread-locals.test.ts");
await import("../native/watch.test.ts");
