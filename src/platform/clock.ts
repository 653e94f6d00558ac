import type { Clock } from "./platform.ts";

/** The system's clock. */
export function systemClock(): Clock {
  return {
    virtual: false,
    now: () => Date.now(),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer);
          signal?.removeEventListener("abort", done);
          resolve();
        };
        const timer = setTimeout(done, ms);
        if (signal?.aborted) done();
        else signal?.addEventListener("abort", done);
      }),
  };
}

/** A clock that stands at `start` (milliseconds since 1970) and moves only when somebody sleeps: `KUBEMU_NOW`. */
export function virtualClock(start: number): Clock {
  let now = start;
  return {
    virtual: true,
    now: () => now,
    sleep: async (ms, signal) => {
      if (!signal?.aborted) now += Math.max(0, ms);
    },
  };
}
