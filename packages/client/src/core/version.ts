/**
 * Whether a server's version is at least the given one. Versions decide only where nothing in the
 * protocol does; what cannot be read counts as new.
 */
export function isAtLeast(version: string, major: number, minor: number): boolean {
  const parts = /^(\d+)\.(\d+)/.exec(version);
  if (parts === null) return true;
  const [serverMajor, serverMinor] = [Number(parts[1]), Number(parts[2])];
  return serverMajor > major || (serverMajor === major && serverMinor >= minor);
}
