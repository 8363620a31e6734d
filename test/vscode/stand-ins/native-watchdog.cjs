// Stands in for the native watchdog that ends an extension host whose server is gone.
exports.start = (pid) =>
  setInterval(() => {
    try {
      process.kill(pid, 0);
    } catch {
      process.exit(87); // the process we watch is gone
    }
  }, 1000).unref();
exports.exit = (code) => process.exit(code);
