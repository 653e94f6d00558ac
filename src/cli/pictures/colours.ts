import type { OutputStream } from "../../platform/platform.ts";

/** How a picture of kubemu's own is drawn. */
export interface Colours {
  /** Boxes and lines: on a terminal, or where colour is forced. */
  picture: boolean;
  colour: boolean;
  columns: number;
}

/** `FORCE_COLOR` (but `0`) draws as for a terminal; `NO_COLOR` (not empty) takes the colours away. Models no-color.org and chalk. */
export function coloursOf(
  stream: Pick<OutputStream, "isTerminal" | "columns">,
  env: Readonly<Record<string, string | undefined>>,
): Colours {
  const forced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== "0" && env.FORCE_COLOR !== "false";
  const picture = stream.isTerminal || forced;
  return { picture, colour: picture && !env.NO_COLOR && (forced || env.TERM !== "dumb"), columns: stream.columns };
}
