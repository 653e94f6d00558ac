/** curl's progress meter. Models lib/progress.c. */

export const PROGRESS_HEADER =
  "  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n" +
  "                                 Dload  Upload   Total   Spent    Left  Speed\n";

/** Five columns: bytes, or thousands and millions of them with a letter. Models max5data. */
export function five(bytes: number): string {
  const units: [limit: number, divisor: number, letter: string][] = [
    [100_000, 1, ""],
    [10_000 * 1024, 1024, "k"],
  ];
  for (const [limit, divisor, letter] of units)
    if (bytes < limit) return `${Math.floor(bytes / divisor)}${letter}`.padStart(5);
  const mega = 1024 * 1024;
  if (bytes < 100 * mega) {
    const tenth = Math.floor((bytes % mega) / Math.floor(mega / 10));
    return `${String(Math.floor(bytes / mega)).padStart(2)}.${Math.min(9, tenth)}M`;
  }
  return `${String(Math.floor(bytes / mega)).padStart(4)}M`;
}

/** `--:--:--` below a second. Models time2str. */
function clock(seconds: number): string {
  if (seconds <= 0) return "--:--:--";
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  return `${String(hours).padStart(2)}:${two(Math.floor((seconds % 3600) / 60))}:${two(Math.floor(seconds % 60))}`;
}

export interface Meter {
  /** Expected sizes; undefined when unknown. */
  downloadTotal?: number;
  uploadTotal?: number;
  downloaded: number;
  uploaded: number;
  /** Microseconds since the transfer began; 0 before anything has come. */
  elapsedUs: number;
}

export const EMPTY_METER: Meter = { downloaded: 0, uploaded: 0, elapsedUs: 0 };

/** One line of the meter, beginning with the carriage return. */
export function progressLine(meter: Meter): string {
  const { downloadTotal, uploadTotal, downloaded, uploaded, elapsedUs } = meter;
  const percent = (part: number, whole: number | undefined) => (whole ? Math.floor((part * 100) / whole) : 0);
  const speed = (bytes: number) => (elapsedUs > 0 ? Math.floor((bytes * 1_000_000) / elapsedUs) : 0);
  const total = (downloadTotal ?? downloaded) + (uploadTotal ?? uploaded);
  const moved = downloaded + uploaded;
  const seconds = Math.floor(elapsedUs / 1_000_000);
  const current = seconds >= 1 ? speed(moved) : Math.floor((moved * 1000) / Math.max(1, Math.floor(elapsedUs / 1000)));
  const column = (value: number) => String(value).padStart(3);
  // How long it takes, and is still to take, by the speed so far.
  const estimate = Math.max(
    ...[
      [downloadTotal, speed(downloaded)],
      [uploadTotal, speed(uploaded)],
    ].map(([whole = 0, perSecond = 0]) => (perSecond > 0 ? Math.floor(whole / perSecond) : 0)),
  );
  const known = downloadTotal !== undefined || uploadTotal !== undefined;
  return (
    `\r${column(known ? percent(moved, total) : 0)} ${five(total)}` +
    `  ${column(percent(downloaded, downloadTotal))} ${five(downloaded)}` +
    `  ${column(percent(uploaded, uploadTotal))} ${five(uploaded)}` +
    `  ${five(speed(downloaded))}  ${five(speed(uploaded))} ${clock(estimate)} ${clock(seconds)} ${clock(estimate > 0 ? estimate - seconds : 0)} ${five(current)}`
  );
}
