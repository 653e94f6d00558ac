import type { ClusterInfo } from "./snapshot.ts";

/** What `kubemu settings` can change: how long things take. Values are Go durations (`5s`, `1m30s`). */
export const SETTINGS = [
  { name: "pod-start", value: "0s", text: "how long a pod's containers take to start once it has a node" },
  { name: "pod-stop", value: "0s", text: "how long a pod's containers take to stop, its grace period at the most" },
] as const;

export type SettingName = (typeof SETTINGS)[number]["name"];

/** Milliseconds. */
export function settingOf(cluster: ClusterInfo, name: SettingName): number {
  return parseSetting(cluster.settings[name] ?? "0s") ?? 0;
}

const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds of a duration that is not negative, or undefined. */
export function parseSetting(text: string): number | undefined {
  if (text === "0") return 0;
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) return undefined;
  let total = 0;
  for (const [, number, , unit] of text.matchAll(/(\d+(\.\d+)?)(ms|s|m|h)/g)) total += Number(number) * UNITS[unit!]!;
  return Math.round(total);
}
