import type { ApiClient } from "../apiserver/client.ts";
import type { OutputStream } from "../platform/platform.ts";
import { aroundClient } from "./around-client.ts";

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
  const requests = aroundClient(client, {
    async request(_, __, send) {
      check();
      try {
        return await send();
      } finally {
        print();
      }
    },
    async *stream(_, __, open) {
      check();
      for await (const event of open()) {
        print();
        yield event;
      }
      print();
    },
  });
  return { ...requests, takeWarnings: () => [] };
}
