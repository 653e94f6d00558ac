import type { Meter } from "./progress.ts";

const MAX_BAR = 256;
const DEFAULT_COLUMNS = 79;

/** The bar of `-#`, as wide as COLUMNS says. Models tool_cb_prg.c. */
export function progressBar(meter: Meter, env: Readonly<Record<string, string>>): string {
  const total = (meter.downloadTotal ?? 0) + (meter.uploadTotal ?? 0);
  const moved = meter.downloaded + meter.uploaded;
  if (total === 0 || moved === 0) return "";
  const given = /^\d+$/.test(env.COLUMNS ?? "") ? Number(env.COLUMNS) : 0;
  const columns = given > 20 && given < 10_000 ? Math.min(given, MAX_BAR) : DEFAULT_COLUMNS;
  const width = columns - 7;
  const share = Math.min(1, moved / total);
  const bar = "#".repeat(Math.floor(width * share)).padEnd(width);
  return `\r${bar} ${(share * 100).toFixed(1).padStart(5)}%`;
}
