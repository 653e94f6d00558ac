import { type Header, headerOf } from "../network/http/message.ts";

/** The parts of an http or https URL that a request needs. */
export interface WebAddress {
  scheme: "http" | "https";
  host: string;
  port: number;
  /** As the URL has it: with its port when one is written. */
  authority: string;
  /** With its slash in front, the query included. */
  path: string;
  user?: string;
}

const PORTS = { http: 80, https: 443 } as const;

/** A URL, or a host with a path, as wget takes it; undefined when its scheme is another. */
export function parseWebAddress(text: string): WebAddress | undefined {
  const match = /^(?:([a-zA-Z][a-zA-Z0-9+.-]*):\/\/)?(?:([^/@]*)@)?([^/?#]*)([^#]*)/.exec(text);
  const scheme = (match?.[1] ?? "http").toLowerCase();
  if (!match || (scheme !== "http" && scheme !== "https")) return undefined;
  const authority = match[3] ?? "";
  const parts = /^(\[[^\]]*\]|[^:]*)(?::([0-9]*))?$/.exec(authority);
  const host = (parts?.[1] ?? authority).replace(/^\[(.*)\]$/, "$1");
  const rest = match[4] ?? "";
  return {
    scheme,
    host,
    port: Number(parts?.[2] || PORTS[scheme]),
    authority,
    path: rest.startsWith("/") ? rest : `/${rest}`,
    ...(match[2] ? { user: match[2] } : {}),
  };
}

/** The URL of an address, without what a browser would leave out. */
export function webAddressText({ scheme, authority, path }: WebAddress): string {
  return `${scheme}://${authority}${path}`;
}

/** Where a Location header leads from an address. */
export function followLocation(from: WebAddress, headers: readonly Header[]): WebAddress | undefined {
  const location = headerOf(headers, "location");
  if (location === undefined) return undefined;
  if (/^[a-zA-Z][a-zA-Z0-9+.-]*:\/\//.test(location)) return parseWebAddress(location);
  if (location.startsWith("/")) return { ...from, path: location };
  return { ...from, path: `${from.path.replace(/[^/]*$/, "")}${location}` };
}
