/** Requests that set breakpoints, and those that ask where one could be. */
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Place } from "../trace/finding.ts";
import type { Handlers } from "./answer.ts";
import type { DebugSession } from "./debug-session.ts";
import { wantedData, wantedFunction, wantedLine, wantedSwitch } from "./wanted.ts";

type BreakpointRequest =
  | "setBreakpoints"
  | "setFunctionBreakpoints"
  | "setExceptionBreakpoints"
  | "setDataBreakpoints"
  | "dataBreakpointInfo"
  | "breakpointLocations";

export function breakpointHandlers(session: DebugSession): Handlers<BreakpointRequest> {
  const { breakpoints, endings } = session;
  return {
    setBreakpoints: async ({ source: { path = "" }, breakpoints: wanted = [] }) => {
      const lines = wanted.map((one) => wantedLine(path, one, session.counting));
      return { body: { breakpoints: await breakpoints.replace(`file:${path}`, lines) } };
    },
    setFunctionBreakpoints: async ({ breakpoints: wanted }) => {
      const set = await breakpoints.replace("functions", wanted.map(wantedFunction));
      return { body: { breakpoints: set } };
    },
    setExceptionBreakpoints: async ({ filters, filterOptions = [] }) => {
      const switches = [...filters.map((filterId) => ({ filterId })), ...filterOptions];
      endings.want(switches.map(({ filterId }) => filterId));
      const set = await breakpoints.replace("switches", switches.map(wantedSwitch));
      return { body: { breakpoints: set } };
    },
    setDataBreakpoints: async ({ breakpoints: wanted }) => {
      const set = await breakpoints.replace("data", wanted.map(wantedData));
      return { body: { breakpoints: set } };
    },
    dataBreakpointInfo: async ({ variablesReference, name }) => {
      const { inspection } = session.standing;
      const shared =
        variablesReference === undefined
          ? undefined
          : await inspection.sharedName(variablesReference, name);
      return { body: shared === undefined ? NOT_SHARED : watchable(shared) };
    },
    breakpointLocations: async ({ source: { path = "" }, line, endLine = line }) => {
      const { debuggee, counting } = session;
      const file = debuggee.sources.nameOf(path);
      if (file === undefined) return { body: { breakpoints: [] } };
      const lines = { line: counting.lineFrom(line), endLine: counting.lineFrom(endLine) };
      const answer = await debuggee.session.ask({ kind: "places", file, ...lines });
      const places = (answer as readonly Place[]).map((place) => ({
        line: counting.line(place.line),
        column: counting.column(place.column),
      }));
      return { body: { breakpoints: places } };
    },
  };
}

type DataBreakpointInfo = DebugProtocol.DataBreakpointInfoResponse["body"];

const NOT_SHARED: DataBreakpointInfo = {
  dataId: null,
  description: "Only @shared variables have events that one can stop at.",
};

function watchable(name: string): DataBreakpointInfo {
  return {
    ...{ dataId: name, description: name },
    accessTypes: ["read", "write", "readWrite"],
  };
}
