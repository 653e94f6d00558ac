import { five } from "./progress.ts";
import type { TransferInfo } from "./transfer-state.ts";

export const PARALLEL_HEADER = "DL% UL%  Dled  Uled  Xfers  Live Total     Current  Left    Speed\n";

/** What the transfers of `-Z` have brought together. Models progress_meter of tool_progress.c. */
export class ParallelProgress {
  started = 0;
  private bytes = 0;
  private us = 0;

  /** Counts what an attempt has moved. */
  add(info: TransferInfo | undefined): void {
    this.bytes += (info?.downloaded ?? 0) + (info?.uploaded ?? 0);
    this.us = Math.max(this.us, info?.totalUs ?? 0);
  }

  /** The line that stands while `live` of `transfers` are under way; the last one, with none, ends. */
  line(transfers: number, live: number): string {
    const { bytes, us } = this;
    const count = (value: number) => String(value).padStart(5);
    const speed = us > 0 ? Math.floor((bytes * 1_000_000) / us) : 0;
    return `\r${bytes > 0 ? "100" : "--"}${bytes > 0 ? " --" : "  --"}  ${five(bytes)} ${five(0)} ${count(transfers)} ${count(live)}  --:--:-- --:--:-- --:--:-- ${five(speed)}     ${live > 0 ? " " : "\n"}`;
  }
}
