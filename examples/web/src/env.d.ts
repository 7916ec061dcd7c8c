interface ImportMetaEnv {
  /** The project's anon or publishable key, from the environment of the build. */
  readonly EVENTOS_ANON_KEY: string;
}
