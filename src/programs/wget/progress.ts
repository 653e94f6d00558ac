/** Bytes a second that everything comes at; nothing takes time here, and no rate is told of nothing. */
const RATE = 1_000_000;
const DOT = 1024;
const ROW_DOTS = 50;
const SPACING = 10;

function scaled(units: readonly string[]): { rate: number; unit: string } {
  let rate = RATE;
  let at = 0;
  while (rate >= 1024 && at < units.length - 1) {
    rate /= 1024;
    at++;
  }
  return { rate, unit: units[at] ?? "" };
}

function digits(rate: number): string {
  return rate.toFixed(rate >= 99.95 ? 0 : rate >= 9.995 ? 1 : 2);
}

/** `977 KB/s`. Models retr_rate of wget 1.21 src/retr.c. */
export function rateText(): string {
  const { rate, unit } = scaled(["B/s", "KB/s", "MB/s", "GB/s"]);
  return `${digits(rate)} ${unit}`;
}

/** The dots of a download that went to something else than a terminal. Models the dot style of src/progress.c. */
export function dots(size: number, total: number | undefined): string {
  const { rate, unit } = scaled([" ", "K", "M", "G", "T"]);
  const speed = ` ${digits(rate).padStart(4)}${unit}`;
  const percent = (shown: number) => (total ? `${String(Math.floor((100 * shown) / total)).padStart(3)}%` : "");
  const full = Math.floor(size / DOT);
  let text = "";
  for (let i = 0; i < full; i++) {
    const column = i % ROW_DOTS;
    if (column === 0) text += `\n${String(i).padStart(6)}K`;
    text += column % SPACING === 0 ? " ." : ".";
    if (column === ROW_DOTS - 1) text += `${percent((i + 1) * DOT)}${speed}${total ? " 0s" : ""}`;
  }
  const left = full % ROW_DOTS;
  if (left === 0) text += `\n${String(full).padStart(6)}K`;
  for (let i = left; i < ROW_DOTS; i++) text += i % SPACING === 0 ? "  " : " ";
  return `${text}${percent(size)}${speed}=0s\n\n`;
}

/** ` (1.2K)` behind sizes from 1024 on. Models human_readable of src/utils.c with one decimal below ten. */
export function humanSize(size: number): string {
  if (size < 1024) return "";
  let value = size / 1024;
  let at = 0;
  while (value >= 1024 && at < 5) {
    value /= 1024;
    at++;
  }
  return ` (${value.toFixed(value < 10 ? 1 : 0)}${"KMGTPE".charAt(at)})`;
}
