/**
 * The Test Explorer: every program with `@expect` is a test. To run one is to explore it and to compare what comes of it with
 * what the file expects, by the command line's own rule; to debug one is to step through the schedule that says most.
 */
import * as vscode from "vscode";
import { formatDuration } from "../base/duration.ts";
import { historyText } from "../explore/tell/history-text.ts";
import type { ExploredFinding } from "../protocol/explore.ts";
import { PROGRAM_TESTS } from "./contributions.ts";
import { uriOf } from "./documents.ts";
import { failureOf, isAsExpected, isStale, type ExplorationState } from "./exploration.ts";
import type { StepAlong } from "./explore-actions.ts";
import { resultText } from "./explore-words.ts";
import type { Explorer } from "./explorer.ts";
import { TestTree } from "./test-tree.ts";
import { reasonOf } from "./trace-run.ts";
import { isTrusted } from "./trust.ts";

/** Characters of a line of a test's output. */
const OUTPUT_WIDTH = 120;

export class ProgramTests implements vscode.Disposable {
  readonly #explorer: Explorer;
  readonly #stepAlong: StepAlong;
  readonly #controller: vscode.TestController;
  readonly #tree: TestTree;
  readonly #owned: vscode.Disposable[];

  constructor(explorer: Explorer, stepAlong: StepAlong) {
    this.#explorer = explorer;
    this.#stepAlong = stepAlong;
    const { l10n } = vscode;
    this.#controller = vscode.tests.createTestController(PROGRAM_TESTS, l10n.t("Threadloom"));
    this.#tree = new TestTree(this.#controller);
    this.#controller.resolveHandler = (item) => (item ? undefined : this.#tree.look());
    this.#controller.refreshHandler = () => this.#tree.refresh();
    const { Run, Debug } = vscode.TestRunProfileKind;
    const explore = this.#controller.createRunProfile(
      l10n.t("Explore"),
      Run,
      (request, token) =>
        request.continuous ? this.#keepRunning(request, token) : this.#run(request, token, false),
      true,
      undefined,
      true,
    );
    const step = this.#controller.createRunProfile(
      l10n.t("Step through the failing schedule"),
      Debug,
      (request, token) => this.#run(request, token, true),
      true,
    );
    this.#owned = [
      this.#controller,
      this.#tree,
      explore,
      step,
      explorer.onDidChange(({ program, state }) => {
        const item = isStale(state) ? this.#tree.of(program) : undefined;
        if (item) this.#controller.invalidateTestResults(item);
      }),
    ];
  }

  dispose(): void {
    for (const one of this.#owned) one.dispose();
  }

  /** Runs the tests that a saved file is a part of, until the person has enough. */
  #keepRunning(request: vscode.TestRunRequest, token: vscode.CancellationToken): void {
    const saving = vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      const touched = this.#tree
        .testsOf(request.include, request.exclude)
        .filter((item) => this.#isPartOf(uri, item.uri!));
      if (touched.length === 0) return;
      const again = new vscode.TestRunRequest(touched, undefined, request.profile, true, true);
      void this.#run(again, token, false);
    });
    token.onCancellationRequested(() => void saving.dispose());
  }

  #isPartOf(file: vscode.Uri, program: vscode.Uri): boolean {
    const wanted = file.toString();
    if (program.toString() === wanted) return true;
    const files = Object.keys(this.#explorer.last(program)?.state.texts ?? {});
    return files.some((one) => uriOf(one)?.toString() === wanted);
  }

  async #run(
    request: vscode.TestRunRequest,
    token: vscode.CancellationToken,
    isDebugging: boolean,
  ): Promise<void> {
    if (!(await isTrusted())) return;
    await this.#tree.look();
    const items = this.#tree.testsOf(request.include, request.exclude);
    const run = this.#controller.createTestRun(request);
    for (const item of items) run.enqueued(item);
    /** The first that fails, or else the first: nobody steps through several at once. */
    let toStep: Steppable | undefined;
    for (const item of items) {
      if (token.isCancellationRequested) {
        run.skipped(item);
        continue;
      }
      const state = await this.#test(item, run, token);
      const steppable = state && steppableOf(item.uri!, state);
      if (steppable?.fails && !toStep?.fails) toStep = steppable;
      else toStep ??= steppable;
    }
    run.end();
    if (isDebugging && toStep) await this.#stepAlong(toStep.program, toStep.schedule);
  }

  /** Answers what came of it, unless somebody did not wait for that. */
  async #test(
    item: vscode.TestItem,
    run: vscode.TestRun,
    token: vscode.CancellationToken,
  ): Promise<ExplorationState | undefined> {
    const program = item.uri!;
    run.started(item);
    const began = performance.now();
    let state: ExplorationState;
    try {
      const document = await vscode.workspace.openTextDocument(program);
      const exploration = this.#explorer.explore(document);
      const cancelling = token.onCancellationRequested(() => exploration.stop());
      state = await exploration.settled;
      cancelling.dispose();
      // Somebody else explored it again meanwhile: that tells more than this.
      if (token.isCancellationRequested || this.#explorer.last(program) !== exploration) {
        run.skipped(item);
        return undefined;
      }
    } catch (error) {
      run.errored(item, new vscode.TestMessage(reasonOf(error)));
      return undefined;
    }
    report(item, state, run, performance.now() - began);
    return state;
  }
}

interface Steppable {
  readonly program: vscode.Uri;
  readonly schedule: string;
  /** Whether the test did not come to what is expected. */
  readonly fails: boolean;
}

function steppableOf(program: vscode.Uri, state: ExplorationState): Steppable | undefined {
  const schedule = failureOf(state)?.schedule ?? state.result?.outcomes[0]?.schedule;
  return schedule === undefined
    ? undefined
    : { program, schedule, fails: isAsExpected(state) === false };
}

function report(
  item: vscode.TestItem,
  state: ExplorationState,
  run: vscode.TestRun,
  duration: number,
): void {
  const { result, failure } = state;
  const print = (line: string) => run.appendOutput(`${line}\r\n`, undefined, item);
  if (!result) {
    const messages =
      failure === undefined ? compileMessages(state) : [new vscode.TestMessage(failure)];
    return run.errored(item, messages, duration);
  }
  const told = resultText(result, state);
  print(`${item.label}: ${told} (${formatDuration(duration * 1e6, "nanoseconds")})`);
  for (const { kind, message, story = [], history } of result.findings) {
    print(`  ${kind}: ${message}`);
    if (history !== undefined) {
      for (const line of historyText(history, OUTPUT_WIDTH)) print(`    ${line}`);
    }
    for (const { text } of story) print(`    ${text}`);
  }
  if (isAsExpected(state)) return run.passed(item, duration);
  const head = new vscode.TestMessage(told);
  if (item.uri && item.range) head.location = new vscode.Location(item.uri, item.range);
  const messages = [...result.findings.filter(isError).map(findingMessage), head];
  // A search that was cut short has not shown that the program fails.
  if (result.verdict === "limit") run.errored(item, messages, duration);
  else run.failed(item, messages, duration);
}

const isError = ({ severity, sites }: ExploredFinding): boolean =>
  severity === "error" && sites.length > 0;

function compileMessages({ diagnostics }: ExplorationState): vscode.TestMessage[] {
  return diagnostics
    .filter(({ stops }) => stops)
    .map((diagnostic) => {
      const message = new vscode.TestMessage(`${diagnostic.code}: ${diagnostic.message}`);
      place(message, diagnostic);
      return message;
    });
}

/** With its story as what VS Code calls a stack trace: lines that lead to where things happened. */
function findingMessage(finding: ExploredFinding): vscode.TestMessage {
  const { code, message, remedy, sites, story = [] } = finding;
  const shown = new vscode.TestMessage(
    [`${code}: ${message}`, ...(remedy === undefined ? [] : [remedy])].join("\n"),
  );
  place(shown, sites[0]);
  shown.stackTrace = story.map(
    ({ text, site }) =>
      new vscode.TestMessageStackFrame(
        text,
        site && uriOf(site.file),
        site && new vscode.Position(site.line - 1, site.column - 1),
      ),
  );
  return shown;
}

function place(
  message: vscode.TestMessage,
  at: { readonly file: string; readonly line: number; readonly column: number },
): void {
  const uri = uriOf(at.file);
  if (uri)
    message.location = new vscode.Location(uri, new vscode.Position(at.line - 1, at.column - 1));
}
