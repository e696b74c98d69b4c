const removed = "[removed]";

/** What is a secret wherever it stands: credentials in an address, signatures, tokens. */
const patterns: readonly [RegExp, string][] = [
  [/(\b[a-z][a-z\d+.-]*:\/\/)[^\s/?#@"'<>]+@/gi, `$1${removed}@`],
  [/([?&]__sign=)[^\s&#"'<>]+/gi, `$1${removed}`],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi, `$1 ${removed}`],
  [/\bhf_[A-Za-z0-9]{16,}/g, removed],
];

/** Shorter texts stand in every other sentence: removing them would only make holes. */
const shortestSecret = 4;

/** A text without secrets: those that show by their form, and the ones that are known. */
export function redactText(text: string, known: Iterable<string> = []): string {
  let clean = text;
  for (const secret of known) {
    if (secret.length >= shortestSecret) clean = clean.replaceAll(secret, removed);
  }
  for (const [pattern, replacement] of patterns) clean = clean.replaceAll(pattern, replacement);
  return clean;
}

/** An address without what can be secret in it: credentials, query and fragment. */
export function redactUrl(url: string): string {
  if (!URL.canParse(url)) return redactText(url);
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}
