import type { EndpointSlice } from "../../api/types/discovery.ts";

const SHOWN = 3;

/**
 * The ready addresses of a Service's port: `10.1.0.5:80,10.1.0.6:80 + 2 more...`; "" when none is ready, `<none>` without slices.
 * Models formatEndpointSlices.
 */
export function endpointsText(slices: readonly EndpointSlice[], portName: string): string {
  if (slices.length === 0) return "<none>";
  const list: string[] = [];
  let count = 0;
  let more = false;
  for (const { endpoints, ports } of slices) {
    // A headless Service may have no ports: its addresses stand alone.
    const suffixes = ports?.length ? ports.filter(({ name = "" }) => name === portName) : [undefined];
    for (const port of suffixes) {
      for (const { addresses, conditions } of endpoints ?? []) {
        if (list.length === SHOWN) more = true;
        if (conditions?.ready === false) continue;
        const address = addresses[0] ?? "";
        if (!more) list.push(port ? joinHostPort(address, String(port.port ?? 0)) : address);
        count++;
      }
    }
  }
  return more ? `${list.join(",")} + ${count - SHOWN} more...` : list.join(",");
}

/** Models Go's net.JoinHostPort. */
export function joinHostPort(host: string, port: string): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
