/** What the system's refusals are called, by the names of errno(3). */
const WORDS: Readonly<Record<string, string>> = {
  EACCES: "Permission denied",
  EADDRINUSE: "Address already in use",
  EADDRNOTAVAIL: "Cannot assign requested address",
  EAFNOSUPPORT: "Address family not supported by protocol",
  EISDIR: "Is a directory",
  ENOENT: "No such file or directory",
  ENOSPC: "No space left on device",
  ENOTDIR: "Not a directory",
  EPERM: "Operation not permitted",
  EROFS: "Read-only file system",
};

/** As strerror(3) of a C library says it; a name that is not known stands for itself. */
export function errnoText(code: string): string {
  return WORDS[code] ?? code;
}

/** The same in the words of Go's syscall.Errno; undefined: not a refusal of the system, or one that is not known. */
export function goErrno(error: unknown): string | undefined {
  const text = WORDS[(error as NodeJS.ErrnoException).code ?? ""];
  return text && text[0]!.toLowerCase() + text.slice(1);
}
