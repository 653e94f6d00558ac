import { fstatSync, readSync } from "node:fs";
import { writeAll } from "./files.ts";
import type { OutputStream, Streams } from "./platform.ts";

/** This process's streams, written synchronously. A reader that went away (`| head -1`) ends the process silently. */
export function realStreams(): Streams {
  return {
    out: output(1),
    err: output(2),
    readInput: async () => {
      const chunks: Buffer[] = [];
      try {
        fstatSync(0);
      } catch {
        return Buffer.alloc(0);
      }
      for (;;) {
        const chunk = Buffer.allocUnsafe(65536);
        try {
          const length = readSync(0, chunk);
          if (length === 0) break;
          chunks.push(chunk.subarray(0, length));
        } catch (error) {
          const code = (error as NodeJS.ErrnoException).code;
          if (code === "EOF") break;
          if (code !== "EAGAIN") throw error;
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      }
      return Buffer.concat(chunks);
    },
    get inputIsTerminal() {
      return process.getBuiltinModule("node:tty").isatty(0);
    },
    get input() {
      return process.stdin;
    },
  };
}

function output(fd: 1 | 2): OutputStream {
  return {
    write(text) {
      try {
        writeAll(fd, text);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "EPIPE") process.exit(fd === 1 ? 0 : 1);
        throw error;
      }
    },
    get isTerminal() {
      return process.getBuiltinModule("node:tty").isatty(fd);
    },
    get columns() {
      return (fd === 1 ? process.stdout : process.stderr).columns ?? 80;
    },
  };
}
