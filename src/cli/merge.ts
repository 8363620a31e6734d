/** `threadloom merge RESULT…`: the results of shards, put together: the whole verdict, told as `check` tells it. */
import { checkJson } from "../explore/check-json.ts";
import { statusOfAll } from "./check/status.ts";
import { whyNotReportable, writeReports } from "./check/reports.ts";
import { readResult, thisTool, writeResult } from "./check/result-file.ts";
import type { Exit } from "./exit.ts";
import { mergeFiles } from "./merge/merge-files.ts";
import type { MergeRequest } from "./merge/request.ts";
import { renderChecked, renderTally } from "./render/checked.ts";
import type { Screen } from "./screen.ts";
import { RESULT_FORMAT, RESULT_VERSION, type ResultFile } from "../protocol/result-file.ts";

export function merge(request: MergeRequest, screen: Screen): Exit {
  const { json } = request;
  const unreportable = whyNotReportable(request);
  if (unreportable !== undefined) return screen.refuse(unreportable, json);
  const files: { readonly name: string; readonly result: ResultFile }[] = [];
  for (const name of request.results) {
    const read = readResult(name);
    if ("complaint" in read) return screen.refuse(read.complaint, json);
    files.push({ name, result: read.result });
  }
  const merged = mergeFiles(files);
  if ("complaint" in merged) return screen.refuse(merged.complaint, json);
  const { programs, warnings } = merged;
  for (const warning of warnings) screen.complain(warning, "warning");

  const isList = programs.length > 1;
  const { look, paint } = screen.results;
  for (const { options, ...checked } of programs) {
    if (json) {
      screen.json(
        checkJson(checked, { strategy: options?.strategy ?? "auto", seed: options?.seed ?? 0 }),
      );
    } else {
      screen.print(renderChecked(checked, { isList, folder: process.cwd() }, look, paint));
    }
  }
  if (!json && isList) screen.print(["", ...renderTally(programs, programs.length, look, paint)]);
  const status = statusOfAll(programs, false);
  const unwritten = [
    request.result === undefined
      ? undefined
      : writeResult(request.result, {
          ...{ format: RESULT_FORMAT, version: RESULT_VERSION, tool: thisTool() },
          ...{ finished: true, programs },
        }),
    ...writeReports(programs, request, status),
  ].find((complaint) => complaint !== undefined);
  if (unwritten !== undefined) return screen.refuse(unwritten, false);
  return status;
}
