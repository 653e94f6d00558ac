import { fstatSync, readSync, statSync } from "node:fs";
import { writeAll } from "./files.ts";
import { editLines } from "./line-editor.ts";
import type { OutputStream, Streams } from "./platform.ts";

/** This process's streams, written synchronously. A reader that went away (`| head -1`) ends the process silently. */
export function realStreams(): Streams {
  return {
    out: output(1),
    err: output(2),
    readInput: async () => {
      const chunks: Buffer[] = [];
      for (;;) {
        const chunk = await readChunk(65536);
        if (chunk.length === 0) return Buffer.concat(chunks);
        chunks.push(chunk);
      }
    },
    readLine: async () => {
      // Byte by byte, so that what follows the line is left to the next reader.
      const bytes: Buffer[] = [];
      for (;;) {
        const byte = await readChunk(1);
        bytes.push(byte);
        if (byte.length === 0 || byte[0] === 10) return Buffer.concat(bytes).toString("utf8");
      }
    },
    editLines,
    get inputIsTerminal() {
      return isTerminal(0);
    },
    get input() {
      return process.stdin;
    },
  };
}

/** The next bytes of standard input, at most `size`; none at its end. */
async function readChunk(size: number): Promise<Buffer> {
  try {
    fstatSync(0);
  } catch {
    return Buffer.alloc(0);
  }
  // Reading blocks: what came up to now, an interrupt say, has its turn before.
  await new Promise((resolve) => setImmediate(resolve));
  const chunk = Buffer.allocUnsafe(size);
  for (;;) {
    try {
      return chunk.subarray(0, readSync(0, chunk));
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === "EOF") return Buffer.alloc(0);
      if (code !== "EAGAIN") throw error;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

/** Node's own way to ask loads its sockets, which takes longer than most commands: files, pipes and /dev/null are told apart without it. */
function isTerminal(fd: number): boolean {
  try {
    const stat = fstatSync(fd);
    if (!stat.isCharacterDevice() || stat.rdev === statSync("/dev/null", { throwIfNoEntry: false })?.rdev) return false;
    return process.getBuiltinModule("node:tty").isatty(fd);
  } catch {
    return false;
  }
}

function output(fd: 1 | 2): OutputStream {
  let known: boolean | undefined;
  return {
    write(text) {
      try {
        writeAll(fd, text);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "EPIPE") process.exit(fd === 1 ? 0 : 1);
        throw Object.assign(error as Error, { path: fd === 1 ? "/dev/stdout" : "/dev/stderr" });
      }
    },
    get isTerminal() {
      known ??= isTerminal(fd);
      return known;
    },
    get columns() {
      return (fd === 1 ? process.stdout : process.stderr).columns ?? 80;
    },
  };
}
