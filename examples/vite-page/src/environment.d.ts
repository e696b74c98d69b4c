interface ImportMetaEnv {
  /** The address of the app. */
  readonly VITE_APP?: string;
}

interface ImportMeta {
  readonly env: ImportMetaEnv;
}
