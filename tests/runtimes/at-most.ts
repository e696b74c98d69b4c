/** Starts works in the order in which they are given, so many of them at a time. */
export function atMost(size: number): <T>(work: () => Promise<T>) => Promise<T> {
  const lanes = Array.from({ length: size }, () => Promise.resolve<unknown>(undefined));
  let next = 0;
  return (work) => {
    const lane = next % size;
    next += 1;
    const done = (lanes[lane] as Promise<unknown>).then(work);
    lanes[lane] = done.catch(() => undefined);
    return done;
  };
}
