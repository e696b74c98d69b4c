import { UsageError } from "../failure/usage-error.js";

/** `key=value`, `key:=json` or `key=@path`, taken apart. */
export interface Pair {
  readonly key: string;
  readonly operator: "=" | ":=" | "=@" | ":=@";
  readonly text: string;
}

/** What was typed after the app, sorted. */
export interface Words {
  /** Name or number of the endpoint; without it the only one that the app lists. */
  readonly endpoint: string | undefined;
  /** All inputs at once, as JSON: a text of it, or where it is (`@path`, `@-`). */
  readonly document: string | undefined;
  readonly pairs: readonly Pair[];
}

/**
 * Sorts the words after the app: the endpoint, where the first one is nothing else, then inputs.
 *
 * @throws UsageError for a word that is none of them.
 */
export function sortWords(words: readonly string[]): Words {
  const endpoint = endpointIn(words);
  const inputs = endpoint === undefined ? words : words.slice(1);
  const documents = inputs.filter(isDocument);
  if (documents.length > 1) {
    throw new UsageError("The inputs as JSON can be given only once.");
  }
  return {
    endpoint,
    document: documents[0],
    pairs: inputs.filter((word) => !isDocument(word)).map(parsePair),
  };
}

/** The endpoint that is named in the words after the app, where one is. */
export function endpointIn([first]: readonly string[]): string | undefined {
  return first !== undefined && (first.startsWith("/") || !isInput(first)) ? first : undefined;
}

const isInput = (word: string): boolean => word.includes("=") || isDocument(word);

const isDocument = (word: string): boolean => /^(?:@|\s*[{[])/.test(word);

function parsePair(word: string): Pair {
  const [, key, operator, text] = /^([^=]+?)(:=@|:=|=@|=)(.*)$/s.exec(word) ?? [];
  if (key === undefined || text === undefined) {
    throw new UsageError(
      `${JSON.stringify(word)} is not key=value, key:=json or key=@path.`,
      "A value with spaces needs quotes around the whole word: 'name=Ada Lovelace'.",
    );
  }
  return { key, operator: operator as Pair["operator"], text };
}
