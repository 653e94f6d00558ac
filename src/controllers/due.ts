import type { AgendaEntry } from "./agenda.ts";

/** Loops whose work does not show in every resource, and in which it may. */
const SHOWS_IN: Readonly<Record<string, RegExp>> = {
  "event-expiry": /^events(\.|$)/,
  // A script of a container that goes on may end it, and with it what counts pods.
  "container-programs":
    /^(pods|events|endpoints|endpointslices|replicationcontrollers|replicasets|deployments|statefulsets|daemonsets|jobs|cronjobs|horizontalpodautoscalers|poddisruptionbudgets|resourcequotas)(\.|$)/,
};

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
