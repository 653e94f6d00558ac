import type { AgendaEntry } from "./agenda.ts";

/** Loops whose work shows in one resource alone, and which. */
const SHOWS_IN: Readonly<Record<string, RegExp>> = { "event-expiry": /^events(\.|$)/ };

/**
 * Whether something is due at `now` that who looks at `about` (a resource as requests name it; undefined: at everything) could see. A
 * cluster that nobody has changed for an hour has old events: only who asks for events waits until they are gone.
 */
export function isDue(agenda: readonly AgendaEntry[], now: number, about: string | undefined): boolean {
  for (const [at, controller] of agenda) {
    if (at > now) return false;
    if (about === undefined || (SHOWS_IN[controller]?.test(about) ?? true)) return true;
  }
  return false;
}
