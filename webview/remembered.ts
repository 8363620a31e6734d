/** A function that works out its answer again only when an argument is another than the last time. */
export function remembered<A extends readonly unknown[], R>(
  make: (...of: A) => R,
): (...of: A) => R {
  let last: { readonly of: A; readonly made: R } | undefined;
  return (...of) => {
    if (!last || of.some((value, index) => !Object.is(value, last!.of[index]))) {
      last = { of, made: make(...of) };
    }
    return last.made;
  };
}
