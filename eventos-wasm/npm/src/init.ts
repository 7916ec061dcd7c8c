import load, { initSync as loadNow } from './wasm/eventos.js';
import { failure } from './error.js';

/** Where the WebAssembly comes from, where the package cannot find it itself. */
export type Source = WebAssembly.Module | BufferSource | URL | string | Response | Promise<Response>;

let loading: Promise<void> | undefined;
let isLoaded = false;

/**
 * Loads the WebAssembly, once. Calls that are awaited do it by themselves; what answers at once, as codes do, needs it done
 * before.
 *
 * @param source Only where bundler and server keep the `.wasm` file from being found beside this module.
 */
export function init(source?: Source): Promise<void> {
  loading ??= start(source).catch((problem: unknown) => {
    loading = undefined;
    throw unloaded(problem);
  });
  return loading;
}

function unloaded(problem: unknown) {
  const reason = problem instanceof Error ? problem.message : 'no reason given';
  return failure('connect', `eventos_bg.wasm could not be loaded: ${reason}`, problem);
}

/** Loads the WebAssembly at once, from its bytes or a compiled module: for workers and tests that have them. */
export function initSync(source: WebAssembly.Module | BufferSource): void {
  if (isLoaded) return;
  try {
    loadNow({ module: source });
  } catch (problem) {
    throw unloaded(problem);
  }
  isLoaded = true;
  loading = Promise.resolve();
}

/** Refuses a call that answers at once before {@link init} is done. */
export function requireLoaded(): void {
  if (!isLoaded) {
    throw failure('invalid_input', 'init: this call answers at once, so the library must be loaded before: await init()');
  }
}

async function start(source: Source | undefined): Promise<void> {
  const beside = new URL('./wasm/eventos_bg.wasm', import.meta.url);
  await load({ module_or_path: source ?? (beside.protocol === 'file:' ? await fileAt(beside) : beside) });
  isLoaded = true;
}

/** Node has no `fetch` for files. Bundlers must not follow this import: browsers never come here. */
async function fileAt(url: URL): Promise<BufferSource> {
  const module = 'node:fs/promises';
  const { readFile } = (await import(/* webpackIgnore: true */ /* @vite-ignore */ module)) as {
    readFile(url: URL): Promise<Uint8Array<ArrayBuffer>>;
  };
  return readFile(url);
}
