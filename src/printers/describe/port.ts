import type { KubeObject } from "../../api/object.ts";

/** What a describer may look up besides the object itself. Every failure is an `ApiError`. */
export interface DescribePort {
  /** Milliseconds since 1970. */
  now: number;
  showEvents: boolean;
  /** By how many minutes the user's clock is ahead of UTC at a time (milliseconds since 1970). */
  zoneOffset(time: number): number;
  get(resource: string, namespace: string, name: string): Promise<KubeObject>;
  /** All of them, however many requests that takes; `atOnce`: in one. `namespace` "" for all namespaces. */
  list(
    resource: string,
    namespace: string,
    selectors?: { labelSelector?: string; fieldSelector?: string; atOnce?: boolean },
  ): Promise<KubeObject[]>;
}

/** The text that `describe` prints of one object. */
export type Describe<T extends KubeObject = KubeObject> = (object: T, port: DescribePort) => Promise<string> | string;
