// The companion extension of the tests: calls functions that the driver sends, inside the extension host.
// It listens on a socket in the home folder that the server was given, which only this person can open.
const { rmSync } = require("node:fs");
const { createServer } = require("node:net");
const vscode = require("vscode");

exports.activate = (context) => {
  const address = process.env.THREADLOOM_TEST_SOCKET;
  // That of the host before a reload of the window.
  if (process.platform !== "win32") rmSync(address, { force: true });
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    let request = "";
    socket.setEncoding("utf8");
    socket.on("data", (chunk) => (request += chunk));
    socket.on("end", async () => socket.end(JSON.stringify(await answer(JSON.parse(request)))));
    socket.on("error", () => {}); // the driver has gone: nobody waits for the answer
  });
  server.listen(address);
  context.subscriptions.push({ dispose: () => server.close() });
};

async function answer({ source, argument, suite }) {
  try {
    if (suite) return { value: await require(suite).run() };
    const call = new Function("vscode", "argument", `return (${source})(vscode, argument);`);
    return { value: await call(vscode, argument) };
  } catch (error) {
    return { error: String(error?.stack ?? error) };
  }
}
