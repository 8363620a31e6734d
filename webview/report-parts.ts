/** What the maker of a report and the panel that reads it agree on. */

/** Id of the block of data that holds the trace. */
export const TRACE_BLOCK = "threadloom-trace";
export const TRACE_TYPE = "application/octet-stream+base64";
