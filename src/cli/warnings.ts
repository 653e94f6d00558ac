import type { ApiClient } from "../apiserver/client.ts";
import type { OutputStream } from "../platform/platform.ts";

/** Prints warnings, each text once. Models client-go rest/warnings.go (NewWarningWriter, deduplicating). */
export class WarningPrinter {
  readonly #stream: OutputStream;
  readonly #seen = new Set<string>();

  constructor(stream: OutputStream) {
    this.#stream = stream;
  }
  warn(text: string): void {
    if (text === "" || this.#seen.has(text)) return;
    this.#seen.add(text);
    this.#stream.write(`Warning: ${text}\n`);
  }
  get count(): number {
    return this.#seen.size;
  }
}

/** The same client, whose warnings are printed after each request. `check` throws when there is no cluster to ask. */
export function printWarnings(client: ApiClient, printer: WarningPrinter, check: () => unknown): ApiClient {
  const print = () => {
    for (const text of client.takeWarnings()) printer.warn(text);
  };
  const request =
    <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      check();
      try {
        return await call(...args);
      } finally {
        print();
      }
    };
  const stream = <A extends unknown[], R>(call: (...args: A) => AsyncIterable<R>) =>
    async function* (...args: A): AsyncIterable<R> {
      check();
      for await (const event of call(...args)) {
        print();
        yield event;
      }
      print();
    };
  return {
    get: request(client.get.bind(client)),
    list: request(client.list.bind(client)),
    getTable: request(client.getTable.bind(client)),
    listTable: request(client.listTable.bind(client)),
    create: request(client.create.bind(client)),
    update: request(client.update.bind(client)),
    patch: request(client.patch.bind(client)),
    delete: request(client.delete.bind(client)),
    deleteCollection: request(client.deleteCollection.bind(client)),
    watch: stream(client.watch.bind(client)),
    watchTable: stream(client.watchTable.bind(client)),
    raw: request(client.raw.bind(client)),
    takeWarnings: () => [],
  };
}
