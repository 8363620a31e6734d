/**
 * Every word that the panel says, in English. The extension passes a table of the same keys in another language with
 * `begin`; what it lacks stays English. Keys that end in `.one` and `.other` are the two forms of a count.
 */
export const ENGLISH = {
  "app.label": "Threadloom timeline",
  "app.skip": "Skip to the table",
  "header.trace": "Trace",
  "header.traceHint": "Run the program again and record it",
  "header.cancel": "Cancel",
  "header.export": "Export…",
  "header.filter": "Filter",
  "header.filterPlaceholder.nanoseconds": "lock=db wait>50µs",
  "header.filterPlaceholder.ticks": "core=0 wait>50",
  "header.filterHint":
    "Words, or thread=NAME, lock=NAME, channel=NAME, state=blocked, wait>50µs, line=14. Enter goes to the next match.",
  "header.clearFilter": "Clear the filter",
  "count.threads.one": "{count} thread",
  "count.threads.other": "{count} threads",
  "count.locks.one": "{count} lock",
  "count.locks.other": "{count} locks",
  "count.channels.one": "{count} channel",
  "count.channels.other": "{count} channels",
  "count.events.one": "{count} event",
  "count.events.other": "{count} events",
  "count.matches.one": "{count} match",
  "count.matches.other": "{count} matches",
  "count.lit.one": "{place}: {count} event",
  "count.lit.other": "{place}: {count} events",
  "count.messages.one": "{count} message",
  "count.messages.other": "{count} messages",
  "engine.native": "real workers",
  "engine.model": "model",
  "phase.compiling": "compiling",
  "phase.starting": "starting",
  "phase.running": "running",
  "phase.ended": "ended",
  "phase.failed": "failed",
  "phase.cancelled": "cancelled",
  "filter.unknown": "“{token}” is no filter. Try {examples}.",
  "filter.badDuration.nanoseconds": "“{token}”: write a duration such as 50µs or 2ms.",
  "filter.badDuration.ticks": "“{token}”: write ticks such as 50 or 2k.",
  "filter.nothing": "Nothing matches.",
  "group.threads": "Threads",
  "group.locks": "Locks",
  "group.channels": "Channels",
  "group.cells": "Shared values",
  "group.parallelism": "Parallelism",
  "group.more": "Show {count} more",
  "overview.label": "Contention",
  "overview.hint": "Drag here to zoom",
  "lanes.label": "Timeline of threads, locks and channels",
  "lanes.help":
    "Arrow keys pan and change the lane, plus and minus zoom, 0 shows the whole run, Home and End go to its ends. Enter selects what is in view, Tab goes from there to the next, Enter again opens its source, Escape ends it. The Table tab has everything in words.",
  "lane.events.one": "{count} event",
  "lane.events.other": "{count} events",
  "lane.parallelism": "at most {count}",
  "lane.channelNote": "{messages} · median {median} in the queue · at most {depth} queued",
  "lane.lockNote": "{kind} · waited {time}",
  "kind.thread": "Thread",
  "kind.mutex": "Mutex",
  "kind.condvar": "Condvar",
  "kind.atomic": "Atomic",
  "kind.cell": "@shared",
  "kind.channel": "Channel",
  "kind.console": "Console",
  "follow.resume": "Follow the run",
  "follow.now": "Following",
  "state.running": "running",
  "state.blocked": "blocked",
  "state.blockedOn": "blocked on {object}",
  "state.waiting": "waiting",
  "state.join": "waits for {thread} to end",
  "state.joinShort": "join {thread}",
  "state.sleeping": "sleeping",
  "state.stalled": "waiting for the recorder",
  "lock.waiting.one": "{count} waiting",
  "lock.waiting.other": "{count} waiting",
  "hit.state": "{thread} {state}",
  "hit.hold": "{thread} held {lock}",
  "hit.region": "{thread} in “{region}”",
  "hit.message": "Message {number} in {channel}",
  "hit.route": "{from} to {to}",
  "hit.unreceived": "from {from}, never received",
  "hit.heldBy": "held by {thread}",
  "time.range": "{start} – {end}",
  "pane.details": "Details",
  "pane.selection": "Selection",
  "pane.noSelection": "Click a band, a bar or an arrow to see what it was and why.",
  "pane.why": "Why",
  "pane.waitsFor": "Waits for, at {time}",
  "pane.waitsForNobody": "Nobody waits for anybody at {time}.",
  "pane.findings": "Findings",
  "pane.noFindings": "Nothing to complain about in this run.",
  "pane.findingsPending": "The run is looked through when it has ended.",
  "pane.measured": "Measured",
  "pane.output": "Output",
  "pane.table": "Table",
  "pane.source": "Source",
  "pane.close": "Close",
  "finding.show": "Show {time}",
  "finding.more": "Show {count} more",
  "waits.graph": "Who waits for whom at {time}: {edges}",
  "waits.join": "join",
  "waits.edge": "{from} waits for {to} because of {object}",
  "waits.edgeNobody": "{from} waits for {object}",
  "panes.resize": "Height of the panes below the timeline",
  "output.empty": "The program has printed nothing.",
  "output.earlier.one": "Show {count} earlier line",
  "output.earlier.other": "Show {count} earlier lines",
  "output.open": "Open in the Output view",
  "output.onlySelected": "Only {thread}",
  "table.caption": "What each thread did, in order of time",
  "table.rows": "Show",
  "table.spans": "States",
  "table.events": "Events",
  "table.thread": "Thread",
  "table.all": "all threads",
  "table.time": "Time",
  "table.what": "What",
  "table.duration": "Duration",
  "table.place": "Place",
  "table.previous": "Previous rows",
  "table.next": "Next rows",
  "table.range": "{first}–{last} of {count}",
  "table.empty": "No rows.",
  "empty.nothing": "No run yet.",
  "empty.nothingHint":
    "Open a TypeScript file with // @threadloom at its head and click Trace above its first line.",
  "empty.compiling": "Compiling {title}…",
  "empty.starting": "Starting worker threads…",
  "empty.running": "Running; the first events are on their way…",
  "empty.noEvents": "The run ended before anything was recorded.",
  "empty.noEventsHint": "Look into the output below, then trace it again.",
  "empty.cancelled": "The run was cancelled before anything was recorded.",
  "problems.title.one": "{title} can’t run yet: {count} problem",
  "problems.title.other": "{title} can’t run yet: {count} problems",
  "problems.hint": "Mend what is listed and click Trace again.",
  "trace.problem": "This trace is not whole.",
  "place.atLine": "line {line}",
  "event.threadStart": "starts",
  "event.threadEnd": "ends",
  "event.spawn": "starts a thread",
  "event.join": "joined",
  "event.sleep": "goes to sleep",
  "event.yield": "yields",
  "event.block": "has to wait",
  "event.stall": "waits for the recorder",
  "event.onCore": "is given a core",
  "event.offCore": "gives up its core",
  "event.wake": "is let go on",
  "event.query": "asked",
  "event.create": "made",
  "event.lock": "locked",
  "event.lockRefused": "did not get",
  "event.unlock": "unlocked",
  "event.clearPoison": "cleared the poison of",
  "event.conditionWait": "waits on",
  "event.conditionWoken": "was woken by",
  "event.notifyOne": "notified one on",
  "event.notifyAll": "notified all on",
  "event.load": "loaded",
  "event.store": "stored",
  "event.update": "updated",
  "event.compareFailed": "compared in vain",
  "event.atomicWait": "waits on",
  "event.atomicNotify": "notified",
  "event.read": "read",
  "event.write": "wrote",
  "event.send": "sent",
  "event.receive": "received from",
  "event.sendRefused": "could not send to",
  "event.receiveRefused": "found nothing in",
  "event.closed": "saw the end of",
  "event.dropSender": "dropped a sender of",
  "event.dropReceiver": "dropped a receiver of",
  "event.cloneSender": "cloned a sender of",
  "event.cloneReceiver": "cloned a receiver of",
  "event.label": "label",
  "event.regionBegin": "enters",
  "event.regionEnd": "leaves",
  "event.output": "printed",
  "event.panic": "panicked",
  "event.other": "event {kind}",
} as const;

export type StringKey = keyof typeof ENGLISH;
/** Keys of counts, without their ending. */
export type CountKey = CountOf<StringKey>;
type CountOf<Key> = Key extends `${infer Name}.one` ? Name : never;

export type Values = Readonly<Record<string, string | number>>;

/** The words of a page, by their keys. */
export interface TextOf<Key extends string> {
  (key: Key, values?: Values): string;
  /** The right form for a count; `{count}` is put in with its digits grouped. */
  count(key: CountOf<Key>, count: number, values?: Values): string;
}
export type Text = TextOf<StringKey>;

/** "1,000,000": `toLocaleString` does the same at a hundred times the cost. */
export const grouped = (count: number): string =>
  String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ",");

/** The panel's words, with those of `table` in place of English where it has them. */
export const textIn = (table: Readonly<Record<string, string>>): Text => textOf(ENGLISH, table);

/** The words of `english`, with those of `table` in their place where it has them. */
export function textOf<Key extends string>(
  english: Readonly<Record<Key, string>>,
  table: Readonly<Record<string, string>>,
): TextOf<Key> {
  const word = (key: Key): string => (Object.hasOwn(table, key) ? table[key] : english[key]);
  const put = (text: string, values: Values): string =>
    text.replace(/\{(\w+)\}/g, (whole, name: string) =>
      Object.hasOwn(values, name) ? String(values[name]) : whole,
    );
  const text = ((key, values = {}) => put(word(key), values)) as TextOf<Key>;
  text.count = (key, count, values = {}) =>
    put(word(`${key}.${count === 1 ? "one" : "other"}` as Key), {
      ...values,
      count: grouped(count),
    });
  return text;
}
