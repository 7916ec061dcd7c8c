interface ImportMetaEnv {
  /** The project's anon or publishable key, from the environment of the build. */
  readonly EVENTOS_ANON_KEY: string;
  /** `1` where the server has the accounts of the example data. */
  readonly EVENTOS_DEMO_ACCOUNTS: string;
}
