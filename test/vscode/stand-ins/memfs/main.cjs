// A file system that is on no disk: `memfs:/project`, with the files that the test's environment names as JSON.
const vscode = require("vscode");

exports.activate = (context) => {
  const files = new Map();
  const texts = JSON.parse(process.env.THREADLOOM_TEST_MEMFS ?? "{}");
  for (const [name, text] of Object.entries(texts))
    files.set(`/project/${name}`, Buffer.from(text));
  const changed = new vscode.EventEmitter();
  const missing = (uri) => vscode.FileSystemError.FileNotFound(uri);
  const provider = {
    onDidChangeFile: changed.event,
    watch: () => new vscode.Disposable(() => {}),
    stat(uri) {
      const file = files.get(uri.path);
      if (file) return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: file.length };
      if (uri.path !== "/" && uri.path !== "/project") throw missing(uri);
      return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    },
    readDirectory: (uri) =>
      uri.path === "/project"
        ? [...files.keys()].map((path) => [path.slice("/project/".length), vscode.FileType.File])
        : [["project", vscode.FileType.Directory]],
    readFile(uri) {
      const file = files.get(uri.path);
      if (!file) throw missing(uri);
      return file;
    },
    writeFile(uri, content) {
      files.set(uri.path, Buffer.from(content));
      changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
    },
    createDirectory: (uri) => {
      throw vscode.FileSystemError.NoPermissions(uri);
    },
    delete: (uri) => {
      throw vscode.FileSystemError.NoPermissions(uri);
    },
    rename: (uri) => {
      throw vscode.FileSystemError.NoPermissions(uri);
    },
  };
  context.subscriptions.push(
    vscode.workspace.registerFileSystemProvider("memfs", provider, { isCaseSensitive: true }),
  );
};
