import type { KubeList, KubeObject } from "../api/object.ts";

/** What turns objects into text. One printer lives for one output: several objects may be separated. */
export interface Printer {
  print(object: KubeObject | KubeList, write: (text: string) => void): void;
}

/** Whether the object holds others. Models apimachinery's meta.IsListType for objects that have no schema. */
export function isList(object: KubeObject | KubeList): object is KubeList {
  return Array.isArray((object as { items?: unknown }).items);
}
