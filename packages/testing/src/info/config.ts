import { createHash } from "node:crypto";
import type { App } from "../app.js";
import type { AppFunction, PlacedComponent } from "../app-function.js";
import { apiPrefix } from "../files/output-files.js";

/** The answer of `/config`. */
export function appConfig(app: App, root: string): Record<string, unknown> {
  const { settings, blocks } = app;
  const components = [
    ...blocks.components.map(componentConfig),
    ...blocks.buttons.map(({ id, text }) => buttonConfig(id, text)),
  ].toSorted((a, b) => (a["id"] as number) - (b["id"] as number));
  const dependencies = [...blocks.functions.values()].map(dependencyConfig);
  const layout = { id: 0, children: components.map(({ id }) => ({ id })) };
  return {
    version: settings.version,
    api_prefix: apiPrefix,
    mode: "blocks",
    app_id: app.appId,
    dev_mode: false,
    vibe_mode: false,
    analytics_enabled: false,
    components,
    css: null,
    connect_heartbeat: needsHeartbeat(app),
    js: null,
    head: null,
    title: settings.title,
    space_id: null,
    enable_queue: true,
    show_error: settings.showError,
    footer_links: ["api", "gradio", "settings"],
    run_history: false,
    is_colab: false,
    max_file_size: settings.maxFileSize,
    stylesheets: [],
    theme: "default",
    protocol: "sse_v3",
    fill_height: false,
    fill_width: false,
    pwa: false,
    pages: [["", "Home", true]],
    page: {
      "": {
        layout,
        components: components.map(({ id }) => id),
        dependencies: dependencies.map(({ id }) => id),
      },
    },
    mcp_server: false,
    i18n_translations: null,
    dependencies,
    layout,
    username: null,
    root,
  };
}

function needsHeartbeat({ blocks, settings }: App): boolean {
  return (
    settings.unload !== undefined || blocks.components.some(({ component }) => component.stateful)
  );
}

function componentConfig({ id, component }: PlacedComponent): Record<string, unknown> {
  const { type, label, value, props, skipApi, stateful, input, output, example } = component;
  return {
    id,
    type,
    props: {
      ...(value !== null && !stateful && { value }),
      ...(label !== undefined && { label, show_label: true }),
      visible: true,
      ...props,
      name: type,
      _selectable: false,
    },
    skip_api: skipApi,
    component_class_id: createHash("sha256").update(type).digest("hex"),
    key: null,
    ...(!skipApi && {
      api_info: input.schema,
      api_info_as_input: input.schema,
      api_info_as_output: output.schema,
      example_inputs: example,
    }),
  };
}

function buttonConfig(id: number, text: string): Record<string, unknown> {
  return {
    id,
    type: "button",
    props: { value: text, variant: "secondary", visible: true, interactive: true, name: "button" },
    skip_api: true,
    component_class_id: createHash("sha256").update("button").digest("hex"),
    key: null,
  };
}

function dependencyConfig(fn: AppFunction): Record<string, unknown> {
  const { endpoint } = fn;
  return {
    id: fn.index,
    targets: [[fn.buttonId, "click"]],
    inputs: fn.inputs.map(({ id }) => id),
    outputs: fn.outputs.map(({ id }) => id),
    backend_fn: true,
    js: null,
    queue: endpoint.queue,
    api_name: fn.apiName,
    api_description: endpoint.description === "" ? null : endpoint.description,
    scroll_to_output: false,
    show_progress: "full",
    show_progress_on: null,
    batch: endpoint.batch,
    max_batch_size: endpoint.maxBatchSize,
    cancels: [],
    types: { generator: endpoint.isGenerator, cancel: false },
    collects_event_data: endpoint.collectsEventData,
    trigger_after: null,
    trigger_only_on_success: false,
    trigger_only_on_failure: false,
    trigger_mode: "once",
    api_visibility: endpoint.apiVisibility,
    rendered_in: null,
    render_id: null,
    connection: "sse",
    time_limit: null,
    stream_every: 0.5,
    event_specific_args: null,
    component_prop_inputs: [],
    js_implementation: null,
  };
}
