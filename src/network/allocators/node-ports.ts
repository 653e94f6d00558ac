import { keyedInt } from "../../api/keyed-random.ts";

/** Ports of the node port range. Models kubernetes pkg/registry/core/service/portallocator (allocator.go, operation.go). */

const FIRST = 30000;
const LAST = 32767;
/** First and last port of the API server's --service-node-port-range. */
export const NODE_PORT_RANGE = [FIRST, LAST] as const;
const SIZE = LAST - FIRST + 1;
/** min(max(16, size / 32), 128): the lower band is left to ports that users choose; random ones come from it last. */
const STATIC_BAND = Math.min(Math.max(16, Math.floor(SIZE / 32)), 128);

/** Why a port cannot be had, in the words of the real errors. */
export class PortAllocationError extends Error {
  override readonly name = "PortAllocationError";
}

/**
 * The ports that one request takes. A number is taken for all protocols. A dry run has the real one's simplifications: a chosen
 * port may lie outside the range, and made-up ports above 32768 stand in for random ones.
 */
export class PortOperation {
  readonly #taken: (port: number) => boolean;
  readonly #dryRun: boolean;
  readonly #random: (string | number)[];
  readonly #allocated: number[] = [];

  constructor(taken: (port: number) => boolean, dryRun: boolean, random: (string | number)[]) {
    this.#taken = taken;
    this.#dryRun = dryRun;
    this.#random = random;
  }

  allocate(port: number): void {
    if (!this.#dryRun && (port < FIRST || port > LAST))
      throw new PortAllocationError(
        `provided port is not in the valid range. The range of valid ports is ${FIRST}-${LAST}`,
      );
    if (this.#isTaken(port)) throw new PortAllocationError("provided port is already allocated");
    this.#allocated.push(port);
  }

  /** `purpose` keys the choice, with what the operation was given. */
  allocateNext(purpose: string | number): number {
    const port = this.#dryRun ? Math.max(...this.#allocated, this.#allocated.length === 0 ? 32768 : 0) + 1 : undefined;
    const found = port ?? this.#scan(STATIC_BAND, SIZE, purpose) ?? this.#scan(0, STATIC_BAND, purpose);
    if (found === undefined) throw new PortAllocationError("range is full");
    this.#allocated.push(found);
    return found;
  }

  #scan(from: number, to: number, purpose: string | number): number | undefined {
    const size = to - from;
    const offset = keyedInt(size, ...this.#random, purpose, from);
    for (let i = 0; i < size; i++) {
      const port = FIRST + from + ((offset + i) % size);
      if (!this.#isTaken(port)) return port;
    }
    return undefined;
  }

  #isTaken(port: number): boolean {
    return this.#allocated.includes(port) || this.#taken(port);
  }
}
