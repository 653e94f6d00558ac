import { systemClock, virtualClock } from "./clock.ts";
import { realFiles } from "./files.ts";
import { realNet } from "./net.ts";
import type { Platform } from "./platform.ts";
import { realProcesses } from "./processes.ts";
import { realStreams } from "./streams.ts";

/**
 * The real platform. `KUBEMU_NOW` (RFC 3339) holds the clock.
 * @throws Error when `KUBEMU_NOW` is no time.
 */
export function realPlatform(): Platform {
  const processes = realProcesses();
  const fixed = processes.env.KUBEMU_NOW;
  const start = fixed ? Date.parse(fixed) : undefined;
  if (start !== undefined && (Number.isNaN(start) || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(fixed!)))
    throw new Error(`KUBEMU_NOW: "${fixed}" is no time of RFC 3339, as 2026-01-02T15:04:05Z`);
  return {
    clock: start === undefined ? systemClock() : virtualClock(start),
    files: realFiles,
    streams: realStreams(),
    processes,
    net: realNet,
    random: {
      // No secret: Node's cryptography takes longer to load than a new cluster to make.
      seed: () =>
        [Math.random(), Math.random()]
          .map((it) =>
            Math.floor(it * 2 ** 32)
              .toString(16)
              .padStart(8, "0"),
          )
          .join(""),
    },
  };
}
