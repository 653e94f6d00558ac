/** The nodes of a parsed template. A list is evaluated from left to right, each node on what the one before it found. */
export interface ListNode {
  kind: "list";
  nodes: Node[];
}

/** A bound of a slice. `derived` is the end that a plain index `[n]` implies. */
export interface Bound {
  value: number;
  known: boolean;
  derived: boolean;
}

export type Node =
  | ListNode
  | { kind: "text"; text: string }
  | { kind: "field"; name: string }
  | { kind: "identifier"; name: string }
  | { kind: "array"; bounds: [Bound, Bound, Bound] }
  | { kind: "filter"; left: ListNode; right: ListNode; operator: string }
  | { kind: "int"; value: number }
  | { kind: "float"; value: number }
  | { kind: "bool"; value: boolean }
  | { kind: "wildcard" }
  | { kind: "recursive" }
  | { kind: "union"; lists: ListNode[] };

/** What is wrong with a template, or with a template on this data; the message is kubectl's without any prefix. */
export class JsonPathError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "JsonPathError";
  }
}
