/** What stands for `super` in the body of an async function, which is no method: reads and writes as the method would. */
export const superOf = (
  get: (key: PropertyKey) => unknown,
  set: (key: PropertyKey, value: unknown) => void,
): object =>
  new Proxy(
    {},
    {
      get: (_target, key) => get(key),
      set(_target, key, value) {
        set(key, value);
        return true;
      },
    },
  );
