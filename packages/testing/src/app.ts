import { randomBytes } from "node:crypto";
import { placeBlocks, type AppBlocks, type AppFunction } from "./app-function.js";
import { FileStore } from "./files/file-store.js";
import { MediaStreams } from "./files/media-streams.js";
import { UploadProgress } from "./files/upload-progress.js";
import { ServerFault } from "./http/http-problem.js";
import { Queue } from "./queue/queue.js";
import type { Runtime } from "./run/runtime.js";
import type { ServerSettings } from "./server-options.js";
import { StateStore } from "./session/state-store.js";

/** Everything a running app consists of, apart from HTTP. */
export class App {
  readonly settings: ServerSettings;
  readonly blocks: AppBlocks;
  /** 64 bits: more than a double can hold. */
  readonly appId: bigint = randomBytes(8).readBigUInt64BE() | (1n << 62n);
  readonly runtime: Runtime;
  readonly queue: Queue;
  readonly uploads: UploadProgress = new UploadProgress();
  /** Open heartbeats by session. */
  readonly heartbeats: Map<string, number> = new Map();
  /** Open event streams by session. */
  readonly readers: Map<string, number> = new Map();
  /** Aborted when the server closes. */
  readonly closing: AbortController = new AbortController();

  constructor(settings: ServerSettings) {
    this.settings = settings;
    this.blocks = placeBlocks(settings.endpoints);
    this.runtime = {
      state: new StateStore(settings.stateLifetime),
      files: new FileStore(),
      streams: new MediaStreams(),
      showError: settings.showError,
    };
    this.queue = new Queue(
      { maxSize: settings.queueMaxSize, maxThreads: settings.maxThreads },
      this.runtime,
    );
  }

  /** The function with this number. Throws what makes the server answer 500, as Gradio does. */
  functionAt(index: number): AppFunction {
    const found = this.blocks.functions.get(index);
    if (!found) throw new ServerFault(`no function ${index}`);
    return found;
  }

  /** The function with this name. Throws like `functionAt`. */
  functionNamed(apiName: string): AppFunction {
    for (const fn of this.blocks.functions.values()) if (fn.apiName === apiName) return fn;
    throw new ServerFault(`no function named ${apiName}`);
  }

  async close(): Promise<void> {
    this.closing.abort();
    this.queue.close();
    this.runtime.state.clear();
    await this.runtime.files.clear();
  }
}
