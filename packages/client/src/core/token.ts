/** Whether a text can be sent as a token. */
export function isToken(text: string): boolean {
  return /^[\x21-\x7E]+$/.test(text);
}
