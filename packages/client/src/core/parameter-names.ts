/** What is known of one input that needs a name. */
export interface NamelessInput {
  /** The name that the server tells (4.23 and later). */
  readonly told: string | undefined;
  readonly label: string | undefined;
  /** Its place among all inputs of the endpoint, hidden ones included. */
  readonly position: number;
}

/** A label may be of any length; a name that a program writes may not. */
const longestName = 64;
/** Servers make up such a label for a component that has none. */
const madeUp = /^parameter_\d+$/;

/**
 * The names of an endpoint's inputs. Where the server tells none, a label becomes a name: its letters
 * and digits in lower case (`Second number` → `second_number`), and `param_<position>` where there
 * are none. Names never repeat: later ones get a number.
 */
export function parameterNames(inputs: readonly NamelessInput[]): string[] {
  const taken = new Set(inputs.flatMap(({ told }) => told ?? []));
  const counts = new Map<string, number>();
  return inputs.map(({ told, label, position }) => {
    if (told !== undefined) return told;
    const wanted = nameOf(label) || `param_${position}`;
    let count = counts.get(wanted) ?? 0;
    let name = wanted;
    for (; taken.has(name); name = `${wanted}_${count}`) count += 1;
    counts.set(wanted, count);
    taken.add(name);
    return name;
  });
}

function nameOf(label: string | undefined): string {
  if (label === undefined || madeUp.test(label)) return "";
  // Not as a literal: engines look such properties up while they read a file, for every program.
  const between = new RegExp(String.raw`[^\p{L}\p{M}\p{N}]+`, "u");
  const words = label.slice(0, longestName).toLowerCase().split(between);
  return words.filter(Boolean).join("_");
}
