/**
 * A check as SARIF 2.1.0 (OASIS, 2020), which code scanning services read: a rule for each message of the catalogue that was
 * met, a result for each finding, its story as a code flow. A finding that its file expects (`@expect`) is suppressed in source.
 */
import { pathToFileURL } from "node:url";
import path from "node:path";
import type { CodeFlow, Location, Log, ReportingDescriptor, Result } from "sarif";
import { messageOf } from "../../base/catalogue/index.ts";
import type { ExploredFinding } from "../../protocol/explore.ts";
import type { Diagnostic } from "../../protocol/program.ts";
import type { Place } from "../../trace/finding.ts";
import type { Exit } from "../exit.ts";
import { type Checked, findingsOf } from "../../explore/checked.ts";
import { storyText } from "../../explore/story-text.ts";

export interface SarifAbout {
  /** Of Threadloom. */
  readonly version: string;
  readonly status: Exit;
  /** What paths in the report are relative to: where the command was started. */
  readonly folder: string;
}

const ROOT = "SRCROOT";

export function sarifReport(all: readonly Checked[], about: SarifAbout): Log {
  const placing = new Placing(about.folder);
  const found = all.flatMap((checked) => [
    ...checked.diagnostics.map((diagnostic) => ofDiagnostic(diagnostic, placing)),
    ...findingsOf(checked).map((finding) => ofFinding(checked, finding, placing)),
  ]);
  const codes = [...new Set(found.map(({ ruleId }) => ruleId!))].sort();
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Threadloom",
            version: about.version,
            rules: codes.map(ruleOf),
          },
        },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { [ROOT]: { uri: `${pathToFileURL(about.folder).href}/` } },
        invocations: [
          {
            executionSuccessful: about.status !== 2 && about.status !== 130,
            exitCode: about.status,
          },
        ],
        results: found.map((result) => ({ ...result, ruleIndex: codes.indexOf(result.ruleId!) })),
      },
    ],
  };
}

/** What the catalogue says of a code. */
function ruleOf(code: string): ReportingDescriptor {
  const entry = messageOf(code);
  if (entry === undefined) return { id: code };
  const { text, remedy, explanation } = entry;
  const help = remedy === undefined ? explanation : `${explanation}\n\n${remedy}`;
  return {
    id: code,
    shortDescription: { text: shown(text) },
    fullDescription: { text: explanation },
    help: { text: help },
  };
}

/** A text of the catalogue without its values: `{thread} panicked: {reason}` → `… panicked: …`. */
const shown = (text: string) => text.replace(/\{\w+\}/g, "…");

function ofDiagnostic(diagnostic: Diagnostic, placing: Placing): Result {
  const { code, severity, message, remedy, endLine, endColumn } = diagnostic;
  const location = placing.location(diagnostic, { endLine, endColumn });
  return {
    ruleId: code,
    level: severity === "information" ? "note" : severity,
    message: { text: withRemedy(message, remedy) },
    locations: [location],
  };
}

function ofFinding(
  { file, expected, hash }: Checked,
  finding: ExploredFinding,
  placing: Placing,
): Result {
  const { code, kind, severity, message, remedy, sites, story, schedule } = finding;
  const [first = { file: path.resolve(file), line: 1, column: 1 }, ...others] = sites;
  const flow = flowOf(finding, placing);
  return {
    ruleId: code,
    level: severity,
    message: { text: withRemedy(message, remedy) },
    locations: [placing.location(first)],
    ...(others.length === 0
      ? {}
      : {
          relatedLocations: others.map((site, index) => ({
            id: index + 1,
            ...placing.location(site),
          })),
        }),
    ...(flow === undefined ? {} : { codeFlows: [flow] }),
    ...(kind === expected
      ? { suppressions: [{ kind: "inSource", justification: `// @expect ${expected}` }] }
      : {}),
    properties: {
      program: file,
      ...(hash === undefined ? {} : { hash }),
      ...(schedule === undefined ? {} : { schedule }),
      ...(story === undefined ? {} : { story: storyText(story) }),
    },
  };
}

/** The story, as far as it has places: viewers step through it. */
function flowOf({ story = [] }: ExploredFinding, placing: Placing): CodeFlow | undefined {
  const placed = story.flatMap(({ text, site }) =>
    site === undefined ? [] : [{ location: { ...placing.location(site), message: { text } } }],
  );
  return placed.length === 0 ? undefined : { threadFlows: [{ locations: placed }] };
}

const withRemedy = (message: string, remedy: string | undefined) =>
  remedy === undefined ? message : `${message}\n\n${remedy}`;

/** Places as URIs: relative below the folder, whole elsewhere. */
class Placing {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  location(
    { file, line, column }: Place,
    end: { readonly endLine?: number; readonly endColumn?: number } = {},
  ): Location {
    // Lines and columns of SARIF count from 1; a place without one says where the file is.
    const region =
      line < 1 ? {} : { region: { startLine: line, startColumn: Math.max(1, column), ...end } };
    return { physicalLocation: { artifactLocation: this.#artifact(file), ...region } };
  }

  #artifact(file: string): { readonly uri: string; readonly uriBaseId?: string } {
    const whole = path.resolve(this.#folder, file);
    const relative = path.relative(this.#folder, whole);
    const isOutside = relative.split(path.sep)[0] === ".." || path.isAbsolute(relative);
    if (isOutside) return { uri: pathToFileURL(whole).href };
    const uri = relative.split(path.sep).map(encodeURIComponent).join("/");
    return { uri, uriBaseId: ROOT };
  }
}
