import { api, component, type Component, type ComponentOptions } from "../component.js";
import { hasFileMeta, type FileData } from "../file-data.js";
import { fileDefinitions, fileListSchema, fileSchema, imageSchema } from "./file-schema.js";

const exampleFile = {
  path: "https://example.com/sample.pdf",
  meta: { _type: "gradio.FileData" },
  orig_name: "sample.pdf",
  url: "https://example.com/sample.pdf",
};

const filepath = "filepath";

/** `gr.File`: one file. `run` receives a `FileData` whose `path` is on this server. */
export function file(label?: string, options: ComponentOptions = {}): Component<FileData> {
  return single("file", label, options, { file_count: "single", type: filepath });
}

/** `gr.File(file_count="multiple")`: a list of files. */
export function files(label?: string, options: ComponentOptions = {}): Component<FileData[]> {
  return component({
    type: "file",
    label,
    options,
    api: api(fileListSchema, "list[filepath]", null),
    example: [exampleFile],
    props: { file_count: "multiple", type: filepath },
    preprocess: (payload) => {
      if (payload === null) return payload as unknown as FileData[];
      if (!Array.isArray(payload))
        throw invalid("ListFiles", "Input should be a valid list", payload);
      return payload.map((item) => checkFile(item, "ListFiles"));
    },
  });
}

/** `gr.Image`: one image. Its `path` may be missing when `url` is a data URL. */
export function image(label?: string, options: ComponentOptions = {}): Component<FileData> {
  return component({
    type: "image",
    label,
    options,
    api: api(imageSchema, filepath),
    example: exampleFile,
    props: { format: "png", type: filepath },
    preprocess: (payload) => checkFile(payload, "ImageData", { pathRequired: false }),
  });
}

/** `gr.Audio`: one audio file. */
export function audio(label?: string, options: ComponentOptions = {}): Component<FileData> {
  return single("audio", label, options, { type: filepath });
}

/** `gr.Video`: one video file. */
export function video(label?: string, options: ComponentOptions = {}): Component<FileData> {
  return single("video", label, options, {});
}

/** `gr.UploadButton`: one file. */
export function uploadButton(label?: string, options: ComponentOptions = {}): Component<FileData> {
  return single("uploadbutton", label, options, { file_count: "single", type: filepath });
}

/** `gr.DownloadButton`: one file. */
export function downloadButton(
  label?: string,
  options: ComponentOptions = {},
): Component<FileData> {
  return single("downloadbutton", label, options, {});
}

/** An entry of a `gallery`. */
export interface GalleryItem {
  /** The picture; missing where there is a `video`. */
  image?: FileData;
  /** The video; missing where there is an `image`. */
  video?: FileData;
  /** The text below it. */
  caption?: string | null;
}

/** `gr.Gallery`: a list of `{ image, caption }` or `{ video, caption }`. Bare files are refused. */
export function gallery(label?: string, options: ComponentOptions = {}): Component<GalleryItem[]> {
  const caption = {
    anyOf: [{ type: "string" }, { type: "null" }],
    default: null,
    title: "Caption",
  };
  const entry = (kind: "image" | "video", definition: string, title: string): object => ({
    properties: { [kind]: { $ref: `#/$defs/${definition}` }, caption },
    required: [kind],
    title,
    type: "object",
  });
  const schema = {
    $defs: {
      ...fileDefinitions,
      ImageData: imageSchema,
      GalleryImage: entry("image", "ImageData", "GalleryImage"),
      GalleryVideo: entry("video", "FileData", "GalleryVideo"),
    },
    items: { anyOf: [{ $ref: "#/$defs/GalleryImage" }, { $ref: "#/$defs/GalleryVideo" }] },
    title: "GalleryData",
    type: "array",
  };
  return component({
    type: "gallery",
    label,
    options,
    api: api(
      schema,
      "list[dict(image: filepath, caption: str | None) | dict(video: filepath, caption: str | None)]",
    ),
    example: [{ image: exampleFile, caption: null }],
    initial: [],
    props: { type: filepath },
    preprocess: (payload) => checkGallery(payload),
  });
}

function single(
  type: string,
  label: string | undefined,
  options: ComponentOptions,
  props: Record<string, unknown>,
): Component<FileData> {
  return component({
    type,
    label,
    options,
    api: api(fileSchema, filepath),
    example: exampleFile,
    props,
    preprocess: (payload) => checkFile(payload, "FileData"),
  });
}

function checkFile(
  payload: unknown,
  model: string,
  { pathRequired = true }: { pathRequired?: boolean } = {},
): FileData {
  if (payload === null) return payload as unknown as FileData;
  const { path, url, meta } = (typeof payload === "object" ? payload : {}) as Record<
    string,
    unknown
  >;
  const located = typeof path === "string" || (!pathRequired && typeof url === "string");
  if (!located || !hasFileMeta(meta)) {
    throw invalid(model, "Value error, The 'meta' field must be explicitly provided", payload);
  }
  return payload as FileData;
}

function checkGallery(payload: unknown): GalleryItem[] {
  if (payload === null) return payload as unknown as GalleryItem[];
  const items = Array.isArray(payload) ? payload : [payload];
  for (const item of items) {
    const { image, video } = (item ?? {}) as GalleryItem;
    if (image === undefined && video === undefined) {
      throw invalid("GalleryData", "Field required", item);
    }
    if (image !== undefined) checkFile(image, "GalleryData", { pathRequired: false });
    if (video !== undefined) checkFile(video, "GalleryData");
  }
  return items as GalleryItem[];
}

function invalid(model: string, problem: string, input: unknown): Error {
  return new Error(
    `1 validation error for ${model}\n  ${problem} [input_value=${JSON.stringify(input)}]`,
  );
}
