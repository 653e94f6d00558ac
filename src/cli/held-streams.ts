import type { LineEditor, OutputStream, Streams } from "../platform/platform.ts";

/** Streams that keep what is written, in order, until `release`: nothing is printed before the commit that it belongs to. */
export class HeldStreams implements Streams {
  readonly out: OutputStream;
  readonly err: OutputStream;
  readonly #real: Streams;
  readonly #beforeInput: () => Promise<void>;
  #held: [stream: OutputStream, text: string | Uint8Array][] = [];

  /** `beforeInput` commits and prints: nobody waits for another process's typing, and questions are read before they are answered. */
  constructor(real: Streams, beforeInput: () => Promise<void>) {
    this.#real = real;
    this.#beforeInput = beforeInput;
    this.out = this.#hold(real.out);
    this.err = this.#hold(real.err);
  }

  #hold(stream: OutputStream): OutputStream {
    return {
      // Looking is not free: only who asks pays.
      get isTerminal() {
        return stream.isTerminal;
      },
      get columns() {
        return stream.columns;
      },
      write: (text) => {
        if (text.length > 0) this.#held.push([stream, text]);
      },
    };
  }

  release(): void {
    const held = this.#held;
    this.#held = [];
    // One write for neighbours of the same stream.
    for (let at = 0; at < held.length; ) {
      const [stream, first] = held[at]!;
      let text = first;
      at++;
      while (at < held.length && held[at]![0] === stream && typeof text === "string") {
        const next: string | Uint8Array = held[at]![1];
        if (typeof next !== "string") break;
        text += next;
        at++;
      }
      stream.write(text);
    }
  }

  /** Forgets what was not let go: its commit failed. */
  discard(): void {
    this.#held = [];
  }

  async readInput(): Promise<Buffer> {
    await this.#beforeInput();
    return await this.#real.readInput();
  }
  editLines(): LineEditor {
    return this.#real.editLines();
  }
  get inputIsTerminal(): boolean {
    return this.#real.inputIsTerminal;
  }
  async readLine(): Promise<string> {
    await this.#beforeInput();
    return await this.#real.readLine();
  }
  get input(): NodeJS.ReadStream {
    return this.#real.input;
  }
}
