import type { Header } from "./document.ts";

/**
 * Brings the header of an older format to the current one, step by step; the file itself changes when it is next written.
 * There has been one format so far.
 */
export function migrateHeader(header: Header): Header {
  return header;
}
