/** Random choices that a seed repeats. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number from 0 to below this. */
  below(limit: number): number {
    // Mulberry32: small, and good enough to choose by.
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)] as Item;
  }
}

/** JSON that is where nobody expects it. */
const odd = [
  "null",
  "true",
  "-1",
  "0",
  "1e308",
  "9007199254740993",
  '""',
  '"__proto__"',
  '"constructor"',
  '"\\ud800"',
  '"/../../x"',
  "[]",
  "{}",
  "[[[[[[]]]]]]",
  '{"__proto__":{"polluted":1}}',
  '{"$ref":"#/$defs/a"}',
  `"${"<script".repeat(2000)}"`,
  `"${"( ".repeat(2000)}"`,
  `${"[".repeat(3000)}${"]".repeat(3000)}`,
];
const pieces = [
  '"',
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  "\\",
  "\n",
  "\n\n",
  "data: ",
  "\u0000",
  "\ufeff",
];
/** A value, more or less: enough to put another in its place. */
const value = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|true|false|null|\[\]|\{\}/g;

/** A text that differs from another in one to a few places. */
export function mutate(text: string, dice: Dice): string {
  let mutated = text;
  for (let count = 1 + dice.below(4); count > 0; count -= 1) mutated = changed(mutated, dice);
  return mutated;
}

function changed(text: string, dice: Dice): string {
  const at = dice.below(text.length + 1);
  const length = dice.below(20);
  switch (dice.below(5)) {
    case 0:
      return text.slice(0, at) + text.slice(at + length);
    case 1:
      return text.slice(0, at) + dice.pick(pieces) + text.slice(at);
    case 2:
      return text.slice(0, at) + text.slice(at, at + length).repeat(2) + text.slice(at + length);
    default: {
      // Most often it stays JSON: what is none is refused at the door.
      const found = [...text.matchAll(value)];
      if (found.length === 0) return text;
      const [old, { index }] = [dice.pick(found), dice.pick(found)];
      const place = old.index;
      const other = dice.below(3) === 0 ? text.slice(index, index + 40) : dice.pick(odd);
      return text.slice(0, place) + other + text.slice(place + old[0].length);
    }
  }
}
