/** Everything that an iteration gives, and how it ended. */
export async function collect<T>(
  values: AsyncIterable<T>,
): Promise<{ readonly values: T[]; readonly error: unknown }> {
  const collected: T[] = [];
  try {
    for await (const value of values) collected.push(value);
    return { values: collected, error: undefined };
  } catch (error) {
    // Handed on as a value: tests ask for both what came before it and the error.
    return { values: collected, error };
  }
}
