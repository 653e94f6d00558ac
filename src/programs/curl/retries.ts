import { headerOf } from "../../network/http/message.ts";
import type { Operation } from "./config.ts";
import type { CurlError } from "./error.ts";
import type { Transfer } from "./transfer.ts";

/** `--retry` of one transfer: how often it is tried again, and after how long. Models post_per_transfer of tool_operate.c. */
export class Retries {
  private readonly operation: Operation;
  private left: number;
  private delayMs = 1000;
  private spentMs = 0;

  constructor(operation: Operation) {
    this.operation = operation;
    this.left = operation.retries;
  }

  /** What is told before the next attempt; undefined: there is none. */
  after(transfer: Transfer, failure: CurlError | undefined): string | undefined {
    const { operation } = this;
    this.spentMs += transfer.progress.ms;
    const why = this.left > 0 ? reasonFor(operation, transfer, failure) : undefined;
    if (why === undefined || (operation.retryMaxMs !== 0 && this.spentMs >= operation.retryMaxMs)) return undefined;
    const pause = operation.retryDelayMs || retryAfter(transfer) || this.delayMs;
    const thousandths = pause % 1000 === 0 ? "" : `.${String(pause % 1000).padStart(3, "0")}`;
    const text = `Problem ${why}. Will retry in ${Math.floor(pause / 1000)}${thousandths} seconds. ${this.left} retries left.`;
    this.spentMs += pause;
    this.left--;
    this.delayMs = Math.min(this.delayMs * 2, 600_000);
    return text;
  }
}

function reasonFor(operation: Operation, transfer: Transfer, failure: CurlError | undefined): string | undefined {
  const code = transfer.info?.responseCode ?? 0;
  if (failure?.code === 28 || failure?.code === 6 || failure?.code === 5) return ": timeout";
  if (failure?.code === 7 && operation.retryRefused) return ": connection refused";
  if ((!failure || failure.code === 22) && [408, 429, 500, 502, 503, 504].includes(code)) return ": HTTP error";
  return failure && operation.retryAll ? "(retrying all errors)" : undefined;
}

function retryAfter(transfer: Transfer): number {
  const value = headerOf(transfer.info?.response?.headers ?? [], "retry-after");
  return value && /^\d+$/.test(value) ? Number(value) * 1000 : 0;
}
