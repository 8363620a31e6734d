/** Findings: what, where, the chain behind it link by link, and what to do. The gravest first. */
import { byGravity } from "../../analysis/verdict.ts";
import type { Finding, Place } from "../../trace/finding.ts";
import type { Look } from "../terminal.ts";
import type { Paint } from "./paint.ts";
import { wrap } from "./wrap.ts";

export function renderFindings(findings: readonly Finding[], look: Look, paint: Paint): string[] {
  const ordered = findings.toSorted(byGravity);
  return ordered.flatMap((finding, index) => [
    ...(index > 0 ? [""] : []),
    ...renderFinding(finding, look, paint),
  ]);
}

function renderFinding(finding: Finding, look: Look, paint: Paint): string[] {
  const mark = (text: string) =>
    finding.severity === "error" ? paint.bad(text) : paint.warning(text);
  const head = `${finding.severity}[${finding.code}] ${finding.kind}:`;
  const [first = "", ...further] = wrap(`  ${head} ${finding.message}`, look.width, "    ");
  const at = first.indexOf(head) + head.length;
  return [
    mark(paint.bold(first.slice(0, at))) + first.slice(at),
    ...further,
    ...finding.sites.map(
      (site) => `    ${paint.dim(look.unicode ? "→" : "->")} ${place(site, paint)}`,
    ),
    ...(finding.chain ?? []).flatMap((link, index) => {
      const where = link.site === undefined ? "" : ` (${place(link.site, paint)})`;
      return wrap(`    ${index + 1}. ${link.text}${where}`, look.width, "       ");
    }),
    ...(finding.remedy === undefined
      ? []
      : wrap(`    ${paint.bold("help:")} ${finding.remedy}`, look.width, "      ")),
  ];
}

/** `file:line:column`, which terminals make a link of. */
function place({ file, line, column }: Place, paint: Paint): string {
  return paint.place(`${file}:${line}:${column}`);
}
