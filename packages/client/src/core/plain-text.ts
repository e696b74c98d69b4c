const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  "#39": "'",
  nbsp: " ",
};
const longest = 300;

/** What a person reads of a piece of HTML, on one line and not too long. */
export function plainText(html: string): string {
  const text = html
    .replaceAll(/<(style|script)\b.*?<\/\1\s*>/gis, " ")
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/&(#?\w+);/g, (entity, name: string) => entities[name.toLowerCase()] ?? entity)
    .replaceAll(/\s+/g, " ")
    .trim();
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
