/** What is said of exploring from outside: its process, the command that asks for it, the files that it leaves. TL80xx. */
import { message } from "./message.ts";

export const CHECKING_MESSAGES = {
  silent: message({
    code: "TL8001",
    text: "Exploring was ended: for {seconds} s the program ran code that does not come back.",
    remedy:
      "Look for a call that computes for long without an operation or a loop of the program's own, such as a regular " +
      "expression that backtracks or a package's code.",
    explanation:
      "Exploring runs the program very many times, and looks at its limits between operations and at the edges of loops. Code " +
      "that gets to neither is ended from outside. What had been found until then is lost; what had been counted is kept.",
    values: ["seconds"],
  }),
  memory: message({
    code: "TL8002",
    text: "Exploring was ended: it took more than {limit} MB of memory.",
    remedy:
      "Raise `--memory-limit`, or explore less at once: `--preemptions`, `--max-executions`, `--shard`.",
    explanation:
      "Memory is watched from outside the program. What fills it is the program itself (messages that nobody receives, arrays " +
      "that grow), or a search that has to remember very many outcomes.",
    values: ["limit"],
  }),
  crashed: message({
    code: "TL8003",
    text: "The process that explores ended by itself: {reason}.",
    remedy: "Try again. If it happens each time, please report it with the program.",
    explanation:
      "Programs are explored in a process of its own, so that nothing they do harms whoever watches. That process was killed " +
      "from outside, or ended by a fault of Threadloom. The next program is explored in a new one.",
    values: ["reason"],
  }),
  noShard: message({
    code: "TL8010",
    text: "`{value}` is no shard.",
    remedy:
      "Write `--shard i/n` with whole numbers, i from 1 to n: `--shard 2/5` is the second of five.",
    explanation:
      "The space that is explored is dealt out to n shards, and each job explores one: `--shard 1/n` up to `--shard n/n`. A " +
      "matrix that counts from 0 needs its index plus one.",
    values: ["value"],
  }),
  noPrograms: message({
    code: "TL8011",
    text: "There is no program in {folder}.",
    remedy: "Name a file, or write `// @threadloom` at the head of those that are to be checked.",
    explanation:
      "Of a folder, all `.ts` files are checked that begin with `// @threadloom`, those of its folders included. Folders named " +
      "`node_modules`, and those whose names begin with a dot, are passed over. A check of nothing would be called a success " +
      "by whoever reads its exit status, so it is refused.",
    values: ["folder"],
  }),
  savedUnusable: message({
    code: "TL8012",
    text: "The schedule that is kept in {file} cannot be tried: {reason}",
    remedy: "Correct it, or delete it and have it written again with `--save`.",
    explanation:
      "A schedule beside a program is tried before anything else, so that a failure that was found once is seen at once if it " +
      "comes back. One that cannot be read is passed over; the program is explored all the same.",
    values: ["file", "reason"],
  }),
  noResult: message({
    code: "TL8020",
    text: "{file} is no result of a check.",
    remedy: "Name a file that `threadloom check -o` has written.",
    explanation:
      "A result file is JSON with what was asked of each program and what came of it. This one is something else, or has been " +
      "changed by hand. Threadloom itself writes it whole or not at all.",
    values: ["file"],
  }),
  otherResultVersion: message({
    code: "TL8021",
    text: "{file} is a result of version {version} of the format, and this Threadloom reads version {own}.",
    remedy: "Check again with this version, or use the one that wrote it.",
    explanation: "The form of result files has a version of its own, so that none is misread.",
    values: ["file", "version", "own"],
  }),
  otherTool: message({
    code: "TL8022",
    text: "{file} was written by {tool}, and this is {own}.",
    remedy: "Have all jobs use one version, and check again.",
    explanation:
      "What counts as one execution, and how the space is dealt out to shards, belongs to a version. Results of two versions " +
      "put together would claim to cover what nobody has explored.",
    values: ["file", "tool", "own"],
  }),
  otherProgram: message({
    code: "TL8023",
    text: "{program} is another program in {other} than in {one}.",
    remedy: "Check again with the same files in all jobs.",
    explanation:
      "Each result has a hash of the texts of the program's files, those included that it imports. Parts of two programs make no " +
      "whole.",
    values: ["program", "one", "other"],
  }),
  otherSearch: message({
    code: "TL8024",
    text: "{program} was explored in another way for {other} than for {one}.",
    remedy:
      "Give all jobs the same options; only `--shard`, `--max-seconds`, `--jobs` and the reports may differ.",
    explanation:
      "Shards are parts of one search: one strategy, one seed, the same bounds. The result files say which they were.",
    values: ["program", "one", "other"],
  }),
  otherSplit: message({
    code: "TL8025",
    text: "{program} was dealt out to {one} shards, and to {other} as well.",
    remedy: "Merge the results of one split: `--shard 1/n` to `--shard n/n` with the same n.",
    explanation:
      "The third of four parts and the third of five have much in common, and neither complements the other.",
    values: ["program", "one", "other"],
  }),
  missingShards: message({
    code: "TL8026",
    text: "{program} was dealt out to {of} shards; missing: {missing}.",
    remedy: "Run the missing jobs and merge again.",
    explanation:
      "A verdict about the whole needs all parts. Without one of them, what was found counts, and what was not found says " +
      "nothing.",
    values: ["program", "of", "missing"],
  }),
  partsLeft: message({
    code: "TL8033",
    text: "{left} of the {of} parts of the search are not explored.",
    remedy:
      "Give it more time (--max-seconds), or go on from its result file (-o, then --resume): parts that are done are not explored again.",
    explanation:
      "A long search is dealt out in parts. What was found in those that are done counts; what was not found says nothing about " +
      "the others.",
    values: ["left", "of"],
  }),
  doubledShard: message({
    code: "TL8027",
    text: "Shard {index} of {of} of {program} is in {one} and in {other}: the second was passed over.",
    remedy:
      "Look whether another shard is missing; in a matrix, two jobs may have been given the same index.",
    explanation:
      "A shard that is there twice says nothing new. More often than not it stands where another one should be.",
    values: ["index", "of", "program", "one", "other"],
  }),
  repeatedWork: message({
    code: "TL8028",
    text: "Of {program}, {repeated} executions were made in more than one shard; {distinct} different ones were made in all.",
    remedy: "Nothing needs to be done: they count once. Fewer shards repeat less.",
    explanation:
      "Shards begin at the same place and part where the space has branched often enough. What two of them explore both is known " +
      "by the hashes of the traces. Without shards, no execution is made twice.",
    values: ["program", "repeated", "distinct"],
  }),
  emptyResults: message({
    code: "TL8029",
    text: "{file} has no program in it.",
    remedy:
      "Its check was ended before the first program was done: run it again, or with `--resume`.",
    explanation:
      "A result file is written from the beginning on. One without programs says nothing of any.",
    values: ["file"],
  }),
  noCertificate: message({
    code: "TL8030",
    text: "{file} is no certificate that this version of Threadloom reads.",
    remedy: "Write it anew: `threadloom check … --certificate {file}`.",
    explanation:
      "A certificate is what `check --certificate` writes: JSON with a format and a version. A file that was cut short, or " +
      "comes from a version with another form, says nothing.",
    values: ["file"],
  }),
  notCertified: message({
    code: "TL8031",
    text: "No certificate was written, because of {file}: {reason}.",
    remedy: "Have every program come to what it expects; what was written before is as it was.",
    explanation:
      "A certificate speaks of programs of which all came to what their files expect, each as a whole. Of those of several " +
      "shards, and of one whose exploration was cut short, there is none.",
    values: ["file", "reason"],
  }),
  otherThanCertified: message({
    code: "TL8032",
    text: "{file} is not what {certificate} speaks of: {reason}.",
    remedy: "Check it again: `threadloom check … --certificate {certificate}`.",
    explanation:
      "A certificate holds for the texts that were explored, by the version of Threadloom that explored them. Every file of the " +
      "program counts; packages do not.",
    values: ["file", "certificate", "reason"],
  }),
} as const;
