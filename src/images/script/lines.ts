import type { LogLine } from "../image.ts";

/** Collects what a script prints as lines; what has no line end yet is gone on with. */
export class Lines {
  readonly all: LogLine[] = [];

  add(stream: "stdout" | "stderr", text: string, at: number): void {
    const pieces = text.split("\n");
    const rest = pieces.pop()!;
    const open = this.all.at(-1);
    for (const [i, piece] of pieces.entries()) {
      if (i === 0 && open?.open && open.stream === stream) {
        open.text += piece;
        delete open.open;
      } else this.all.push({ stream, text: piece, at });
    }
    if (rest === "") return;
    const last = this.all.at(-1);
    if (last?.open && last.stream === stream) last.text += rest;
    else this.all.push({ stream, text: rest, at, open: true });
  }
}
