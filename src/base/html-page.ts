/**
 * A page of HTML with one script and a policy: what a timeline's webview loads, and what a report on a disk is. Nothing
 * may load from anywhere unless a directive says so.
 */

/** Directives of a Content-Security-Policy besides `default-src 'none'`: `["img-src", "data:"]`. */
export type Policy = readonly (readonly [directive: string, ...sources: string[]])[];

export interface PageParts {
  /** BCP 47, such as `en`. */
  readonly language: string;
  readonly title: string;
  readonly policy: Policy;
  /** HTML, as it is. */
  readonly head: string;
  readonly body: string;
  readonly bodyClass?: string;
}

export function htmlPage({ language, title, policy, head, body, bodyClass }: PageParts): string {
  const directives = [["default-src", "'none'"], ...policy];
  const content = directives.map((directive) => directive.join(" ")).join("; ");
  const classes = bodyClass === undefined ? "" : ` class="${escapeHtml(bodyClass)}"`;
  return `<!doctype html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(content)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
${head}
</head>
<body${classes}>
<div id="app"></div>
${body}
</body>
</html>
`;
}

/** For text and for attributes in double quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
