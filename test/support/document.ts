import type { Document } from "../../src/store/document.ts";
import { FORMAT_VERSION, type Header } from "../../src/store/header.ts";

export const header: Header = {
  apiVersion: "kubemu.dev/v1",
  kind: "Cluster",
  formatVersion: FORMAT_VERSION,
  profile: "docker-desktop",
  seed: "test",
  resourceVersion: 7,
  time: 1_000,
  settings: {},
  kubeconfig: {},
  agenda: [],
};

/** Every key of a state file in order, with the place of its value. */
export function allLines(document: Document): { key: string; value: number }[] {
  return document.resources().flatMap((resource) => document.lines(`/${resource}/`));
}
