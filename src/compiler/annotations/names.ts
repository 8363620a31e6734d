/** The names of annotations, and which other names are near enough to be slips of them. */

type LineAnnotation = "threadloom" | "expect" | "invariant" | "final" | "label";
type DocAnnotation = "shared" | "thread" | "guardedBy";
export type AnnotationName = LineAnnotation | DocAnnotation;

const LINE_ANNOTATIONS: readonly LineAnnotation[] = [
  "threadloom",
  "expect",
  "invariant",
  "final",
  "label",
];
const DOC_ANNOTATIONS: readonly DocAnnotation[] = ["shared", "thread", "guardedBy"];
const ALL: readonly AnnotationName[] = [...DOC_ANNOTATIONS, ...LINE_ANNOTATIONS];

export function isLineAnnotation(name: string): name is LineAnnotation {
  return (LINE_ANNOTATIONS as readonly string[]).includes(name);
}

export function isDocAnnotation(name: string): name is DocAnnotation {
  return (DOC_ANNOTATIONS as readonly string[]).includes(name);
}

/** Tags of JSDoc, TSDoc, TypeDoc, Closure and the pragmas of common tools: other people's business, however near. */
const STANDARD = new Set(
  (
    "abstract access alias alpha api arg argument async augments author beta borrows callback category " +
    "categoryDescription class classdesc const constant constructor constructs copyright decorator default defaultValue " +
    "deprecated desc description dict document documentation emits enum eventProperty event example exception export " +
    "exports expand extends external externs file fileoverview fires format flow func function generated generator " +
    "global group groupDescription hidden hideCategories hideGroups hideconstructor host ignore implements import " +
    "include includeCode inheritDoc inheritdoc inline inlineType inner instance interface internal jest jsx " +
    "jsxFrag jsxImportSource jsxRuntime kind lends license link linkcode linkplain listens member memberof " +
    "memberOf merge mergeModuleWith method mixes mixin module modifies name namespace ngInject noalias nocollapse " +
    "nocompile noflow noInheritDoc nosideeffects override overload package packageDocumentation param " +
    "preferInline preserve primaryExport private privateRemarks prop property protected prettier providesModule public " +
    "pure readonly record remarks reexport requires return returns satisfies sealed see showCategories showGroups " +
    "signature since sortStrategy static struct summary suppress template test this throws todo tutorial type " +
    "typeParam typedef unrestricted useDeclaredType uses var variation version virtual yields yield"
  ).split(" "),
);

/** The annotation that a name which is none was probably meant to be. */
export function nearestAnnotation(written: string): AnnotationName | undefined {
  if (STANDARD.has(written)) return undefined;
  const near = nearest(written, ALL, 2);
  // Two slips in five letters leave too little to be sure of: `@signal` is not `@final`.
  const five = near?.name.length === 5 && near.distance === 2;
  return five && written[0]?.toLowerCase() !== near.name[0] ? undefined : near?.name;
}

/** The candidate that is nearest by edits, if any is near enough. Case does not count as an edit. */
export function nearest<Name extends string>(
  written: string,
  candidates: Iterable<Name>,
  limit: number,
): { readonly name: Name; readonly distance: number } | undefined {
  let best: { readonly name: Name; readonly distance: number } | undefined;
  for (const name of candidates) {
    if (Math.abs(name.length - written.length) > limit) continue;
    const distance = edits(written.toLowerCase(), name.toLowerCase());
    if (distance <= limit && (!best || distance < best.distance)) best = { name, distance };
  }
  return best;
}

/** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). */
export function edits(a: string, b: string): number {
  let older: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, older[j - 2] + 1);
      }
      row.push(cost);
    }
    older = last;
    last = row;
  }
  return last[b.length];
}
