import { FORMAT_VERSION, type Header } from "./header.ts";

/**
 * Brings the header of an older format to the current one, step by step; the file itself changes when it is next written.
 * Format 1 kept managedFields inside of the objects, where they are still read; format 2 had no rows.
 */
export function migrateHeader(header: Header): Header {
  return { ...header, formatVersion: FORMAT_VERSION };
}
