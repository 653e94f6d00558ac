/** Where a program runs: the machine that the user types on, a node's own shell, or a pod. */
export type Location =
  | { kind: "host" }
  | { kind: "node"; name: string }
  | { kind: "pod"; namespace: string; name: string; container?: string };

export const HOST: Location = { kind: "host" };
