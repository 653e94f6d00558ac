import type { Stopwatch } from "./connection.ts";
import type { Console } from "./console.ts";
import { EMPTY_METER, type Meter, PROGRESS_HEADER, progressLine } from "./progress.ts";
import { progressBar } from "./progress-bar.ts";

/** What a transfer without delays takes, in microseconds: about what a pod next door does. */
const TRANSFER_US = 1170;

/** How long a transfer has taken and how far it has come, and what the terminal shows of it. */
export class TransferProgress implements Stopwatch {
  ms = 0;
  /** The last line of the meter is drawn. */
  ended = false;
  private readonly console: Console;
  private readonly env: Readonly<Record<string, string>>;
  private readonly kind: "meter" | "bar" | "none";
  private meter: Meter = EMPTY_METER;
  private shownSeconds = 0;
  private headerShown = false;

  constructor(console: Console, env: Readonly<Record<string, string>>, kind: "meter" | "bar" | "none") {
    this.console = console;
    this.env = env;
    this.kind = kind;
  }

  /** Microseconds. */
  get elapsedUs(): number {
    return Math.max(this.meter.elapsedUs, Math.round(this.ms * 1000));
  }

  reset(): void {
    this.meter = EMPTY_METER;
    this.shownSeconds = 0;
    this.ms = 0;
  }

  /** The first line of the meter, and the titles before the first transfer. */
  begin(): void {
    if (this.kind !== "meter") return;
    if (!this.headerShown) this.console.raw(PROGRESS_HEADER);
    this.headerShown = true;
    this.console.raw(progressLine(EMPTY_METER));
  }

  advance(toMs: number): void {
    this.ms = toMs;
    if (this.kind !== "meter") return;
    // The meter is drawn once a second.
    for (; this.shownSeconds < Math.min(Math.ceil(toMs / 1000) - 1, 300); ) {
      this.shownSeconds++;
      this.console.raw(progressLine({ ...this.meter, elapsedUs: this.shownSeconds * 1_000_000 }));
    }
  }

  /** What is to come is known; undefined: it is not. */
  expect(downloadTotal: number | undefined): void {
    this.meter = { ...this.meter, ...(downloadTotal === undefined ? {} : { downloadTotal }) };
  }

  uploaded(bytes: number): void {
    this.meter = { ...this.meter, uploadTotal: bytes, uploaded: bytes, elapsedUs: this.now() };
  }

  downloaded(bytes: number): void {
    this.meter = { ...this.meter, downloaded: bytes, elapsedUs: this.now() };
  }

  private now(): number {
    return TRANSFER_US + Math.round(this.ms * 1000);
  }

  done(): void {
    if (!this.ended) this.end();
    this.ended = true;
  }

  /** The last line of the meter, or the whole bar; a name that is not found leaves the meter as it was. */
  end(): void {
    const { meter, elapsedUs } = this;
    if (this.kind === "bar") {
      const bar = progressBar(meter, this.env);
      // It is drawn for what was sent, and again for what came.
      this.console.raw(meter.uploaded > 0 && meter.downloaded > 0 ? bar + bar : bar);
    }
    if (this.kind === "meter") this.console.raw(`${progressLine({ ...meter, elapsedUs })}\n`);
  }
}
