import type { CommandContext } from "./command.ts";

/** One line of klog as kubectl's log has it: `W1122 20:50:34.832699     411 helpers.go:719] …`, in local time. */
export function klogLine(
  severity: "I" | "W" | "E" | "F",
  place: string,
  text: string,
  { clock, processes }: Pick<CommandContext, "clock" | "processes">,
): string {
  const now = new Date(clock.now());
  const two = (number: number) => String(number).padStart(2, "0");
  const day = `${two(now.getMonth() + 1)}${two(now.getDate())}`;
  const time = `${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}`;
  const micros = `${String(now.getMilliseconds()).padStart(3, "0")}000`;
  return `${severity}${day} ${time}.${micros} ${String(processes.pid).padStart(7)} ${place}] ${text}\n`;
}
