import { mkdir, mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import type { Arena } from "./arena.js";
import type { ContestantName } from "./contestant.js";
import { makeFile } from "./make-file.js";
import type { FileFacts } from "./programs.js";
import { appNames, startGradio, startStub, type Server, type ServerName } from "./servers.js";

interface ArenaOptions {
  readonly python: string;
  readonly quick: boolean;
  readonly contestants: readonly ContestantName[];
  readonly profile?: string | undefined;
  /** An empty folder, which whoever made it removes. */
  readonly temporary: string;
}

/** An arena whose servers and files are made when they are first asked for. */
export function openArena(options: ArenaOptions): Arena & AsyncDisposable {
  const { python, quick, profile, contestants, temporary } = options;
  const nodeParameters = profile === undefined ? [] : ["--cpu-prof", "--cpu-prof-dir", profile];
  // Inside of what Gradio takes for its own: from anywhere else it would copy files first.
  const uploads = join(temporary, "gradio");
  const files = join(uploads, "files");
  const servers = new Map<ServerName, Promise<Server>>();
  const made = new Map<number, Promise<FileFacts>>();
  const starting: Readonly<Record<ServerName, () => Promise<Server>>> = {
    gradio: async () => {
      await mkdir(files, { recursive: true });
      return await startGradio({
        python,
        apps: appNames,
        files,
        environment: { GRADIO_TEMP_DIR: uploads },
      });
    },
    stub: startStub,
  };
  return {
    quick,
    contestants,
    launcher: { python, temporary, nodeParameters },
    apps: async (name) => (await onceFor(servers, name, starting[name])).apps,
    file: (megabytes) => onceFor(made, megabytes, () => makeFile(files, megabytes)),
    folder: () => mkdtemp(join(temporary, "folder-")),
    say: (what) => {
      if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${what}`);
      else process.stderr.write(`${what}\n`);
    },
    [Symbol.asyncDispose]: async () => {
      for (const server of servers.values()) await (await server)[Symbol.asyncDispose]();
    },
  };
}

function onceFor<K, V>(made: Map<K, V>, key: K, make: () => V): V {
  const found = made.get(key) ?? make();
  made.set(key, found);
  return found;
}
