import type { Document } from "../../src/store/document.ts";

/** Every key of a state file in order, with the place of its value. */
export function allLines(document: Document): { key: string; value: number }[] {
  return document.resources().flatMap((resource) => document.lines(`/${resource}/`));
}
