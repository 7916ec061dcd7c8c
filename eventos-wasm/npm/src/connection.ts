import { Client, request as requestOf } from './wasm/eventos.js';
import { asError, failure } from './error.js';
import { init, requireLoaded } from './init.js';
import { copied, reading } from './json.js';
import { Platform, type PlatformSettings } from './platform.js';
import type { Json } from './values.js';

/** What the core needs to know of a client. */
export interface CoreSettings {
  url: string;
  key: string;
  rest_path?: string;
  auth_path?: string;
  schema?: string;
  max_rows?: number;
  tries?: number;
  timeout_ms?: number;
}

/** A request as it is sent, without the server's address and keys. */
export interface RequestForm {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** A query as the core reads it. */
export type QueryForm = Readonly<Record<string, Json>>;

/** One server, one key: runs queries and flows in the core. */
export class Connection {
  #client: Client | undefined;

  constructor(
    readonly core: CoreSettings,
    readonly settings: PlatformSettings,
  ) {}

  /** Loads the library and checks the settings. */
  async client(): Promise<Client> {
    await init();
    try {
      this.#client ??= new Client(
        JSON.stringify({
          ...this.core,
          has_token: this.settings.token !== undefined,
          has_store: this.settings.storage !== undefined,
        }),
        new Platform(this.settings),
      );
      return this.#client;
    } catch (thrown) {
      throw asError(thrown);
    }
  }

  /** The answer to a query. */
  async query(form: QueryForm, signal: AbortSignal | undefined): Promise<unknown> {
    const platform = new Platform(this.settings, signal, expectedOf(form));
    const answer = await this.#run(signal, (client) => client.query(JSON.stringify(form), platform));
    if (typeof answer === 'string') return JSON.parse(answer);
    return answer === undefined ? platform.kept : { rows: platform.kept, total: answer };
  }

  /** A page, and where the next one begins. */
  async page(form: QueryForm, size: number, cursor: string | undefined, signal: AbortSignal | undefined): Promise<{ rows: unknown[]; cursor: string | null }> {
    const platform = new Platform(this.settings, signal);
    const page = await this.#run(signal, (client) => client.page(JSON.stringify(form), size, cursor, platform));
    return JSON.parse(page as string) as { rows: unknown[]; cursor: string | null };
  }

  /** What a flow gives. */
  async flow<Result>(name: string, input: object, signal?: AbortSignal): Promise<Result> {
    const form = JSON.stringify(copied(input, name));
    const result = await this.#run(signal, (client) => client.flow(name, form, new Platform(this.settings, signal)));
    return JSON.parse(result as string) as Result;
  }

  async #run(signal: AbortSignal | undefined, call: (client: Client) => Promise<unknown>): Promise<unknown> {
    if (signal === undefined) return this.#called(call);
    if (!reading('signal', () => signal instanceof AbortSignal)) throw failure('invalid_input', 'signal: pass an AbortSignal');
    if (signal.aborted) throw failure('cancelled', 'the call was given up');
    let giveUp!: () => void;
    const given = new Promise<never>((_, reject) => {
      giveUp = () => reject(failure('cancelled', 'the call was given up'));
    });
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      return await Promise.race([this.#called(call), given]);
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  async #called(call: (client: Client) => Promise<unknown>): Promise<unknown> {
    const client = await this.client();
    try {
      return await call(client);
    } catch (thrown) {
      throw asError(thrown);
    }
  }
}

/** How a query's rows come. */
function expectedOf({ answer }: QueryForm): 'rows' | 'at_most_one' | 'one' {
  return answer === 'one' || answer === 'at_most_one' ? answer : 'rows';
}

/** The request that a query sends. */
export function written(form: QueryForm): RequestForm {
  requireLoaded();
  try {
    return requestForm(requestOf(JSON.stringify(form)));
  } catch (thrown) {
    throw asError(thrown);
  }
}

/** Lines: the method, the target, how many headers there are, the name and the value of each; what is left is the body. */
function requestForm(written: string): RequestForm {
  const lines = written.split('\n');
  const [method = '', target = '', count = ''] = lines;
  const end = 3 + 2 * Number(count);
  const headers: Record<string, string> = {};
  for (let index = 3; index < end; index += 2) headers[lines[index] as string] = lines[index + 1] as string;
  const body = lines.slice(end).join('\n');
  return { method, target, headers, body: body === '' ? null : body };
}
