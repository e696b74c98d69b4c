import { api, component, type Component, type ComponentOptions } from "../component.js";

const text = api({ type: "string" }, "str");

function toText(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}

function textComponent(type: string, example: string) {
  return (label: string | undefined, options: ComponentOptions): Component<string> =>
    component({
      type,
      label,
      options,
      api: text,
      example,
      preprocess: (payload) => toText(payload) as string,
      postprocess: toText,
    });
}

const makeTextbox = textComponent("textbox", "Hello!!");
const makeMarkdown = textComponent("markdown", "# Hello!");
const makeHtml = textComponent("html", "<p>Hello</p>");
const makeCode = textComponent("code", "print('Hello World')");

/** `gr.Textbox`: a string. */
export function textbox(label?: string, options: ComponentOptions = {}): Component<string> {
  return makeTextbox(label, options);
}

/** `gr.Markdown`: a string of Markdown. */
export function markdown(label?: string, options: ComponentOptions = {}): Component<string> {
  return makeMarkdown(label, options);
}

/** `gr.HTML`: a string of HTML. */
export function html(label?: string, options: ComponentOptions = {}): Component<string> {
  return makeHtml(label, options);
}

/** `gr.Code`: a string of source code. */
export function code(label?: string, options: ComponentOptions = {}): Component<string> {
  return makeCode(label, options);
}
