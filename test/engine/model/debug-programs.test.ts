/**
 * The native engine's programs in the debug form, with places to pause and probes of scopes in: nothing that a program does may
 * differ for that. Each promise of those files is made here again.
 */
process.env["THREADLOOM_TEST_FORM"] = "debug";
await import("../native/channels.test.ts");
await import("../native/locks.test.ts");
await import("../native/shared.test.ts");
