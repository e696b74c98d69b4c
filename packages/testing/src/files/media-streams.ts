import { randomUUID } from "node:crypto";
import type { FileData } from "../file-data.js";

/** A piece of streamed media. */
interface Segment {
  readonly id: string;
  readonly bytes: Uint8Array;
  /** Seconds. */
  readonly duration: number;
}

/** One growing media stream, addressed as `session/run/component`. */
export class GrowingMedia {
  readonly segments: Segment[] = [];
  readonly extension: "aac" | "ts";
  readonly file: FileData;
  ended = false;

  constructor(path: string, kind: "audio" | "video") {
    this.extension = kind === "audio" ? "aac" : "ts";
    this.file = {
      path: `${path}/playlist.m3u8`,
      url: null,
      size: null,
      orig_name: kind === "audio" ? "audio-stream.mp3" : "video-stream.mp4",
      mime_type: null,
      is_stream: true,
      meta: { _type: "gradio.FileData" },
    };
  }

  push(bytes: Uint8Array, duration: number): void {
    this.segments.push({ id: randomUUID(), bytes, duration });
  }

  /** The HLS playlist as it stands. */
  playlist(signature: string | undefined): string {
    const longest = Math.max(5, ...this.segments.map(({ duration }) => Math.ceil(duration)));
    const query = signature === undefined ? "" : `?${new URLSearchParams({ __sign: signature })}`;
    return [
      "#EXTM3U",
      "#EXT-X-PLAYLIST-TYPE:EVENT",
      `#EXT-X-TARGETDURATION:${longest}`,
      "#EXT-X-VERSION:4",
      "#EXT-X-MEDIA-SEQUENCE:0",
      "#EXT-X-START:TIME-OFFSET=0",
      ...this.segments.flatMap(({ id, duration }) => [
        `#EXTINF:${duration.toFixed(6)},`,
        `${id}.${this.extension}${query}`,
      ]),
      ...(this.ended ? ["#EXT-X-ENDLIST"] : []),
      "",
    ].join("\n");
  }
}

/** The media streams of all sessions; they go when the session's heartbeat ends. */
export class MediaStreams {
  readonly #streams = new Map<string, GrowingMedia>();

  start(
    sessionHash: string,
    run: string,
    componentId: number,
    kind: "audio" | "video",
  ): GrowingMedia {
    const path = `${sessionHash}/${run}/${componentId}`;
    const media = new GrowingMedia(path, kind);
    this.#streams.set(path, media);
    return media;
  }

  find(path: string): GrowingMedia | undefined {
    return this.#streams.get(path);
  }

  dropSession(sessionHash: string): void {
    for (const path of this.#streams.keys()) {
      if (path.startsWith(`${sessionHash}/`)) this.#streams.delete(path);
    }
  }
}
