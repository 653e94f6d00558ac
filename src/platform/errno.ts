/** What the system's refusals are called, by the names of errno(3). */
const WORDS: Readonly<Record<string, string>> = {
  EACCES: "Permission denied",
  EADDRINUSE: "Address already in use",
  EADDRNOTAVAIL: "Cannot assign requested address",
  EAFNOSUPPORT: "Address family not supported by protocol",
  EBADF: "Bad file descriptor",
  EBUSY: "Device or resource busy",
  EDQUOT: "Disk quota exceeded",
  EEXIST: "File exists",
  EFBIG: "File too large",
  EINVAL: "Invalid argument",
  EIO: "Input/output error",
  EISDIR: "Is a directory",
  ELOOP: "Too many levels of symbolic links",
  EMFILE: "Too many open files",
  ENAMETOOLONG: "File name too long",
  ENFILE: "Too many open files in system",
  ENODEV: "No such device",
  ENOENT: "No such file or directory",
  ENOMEM: "Cannot allocate memory",
  ENOSPC: "No space left on device",
  ENOTDIR: "Not a directory",
  ENOTEMPTY: "Directory not empty",
  ENXIO: "No such device or address",
  EPERM: "Operation not permitted",
  EPIPE: "Broken pipe",
  EROFS: "Read-only file system",
  ETXTBSY: "Text file busy",
};

/** As strerror(3) of a C library says it; a name that is not known stands for itself. */
export function errnoText(code: string): string {
  return WORDS[code] ?? code;
}

/** The same in the words of Go's syscall.Errno; undefined: not a refusal of the system, or one that is not known. */
export function goErrno(error: unknown): string | undefined {
  const text = WORDS[(error as NodeJS.ErrnoException | undefined)?.code ?? ""];
  return text && text[0]!.toLowerCase() + text.slice(1);
}

/** `open /etc/shadow: permission denied`, as Go's fs.PathError says it; undefined for an error that is none of the system's. */
export function goErrorText(error: unknown): string | undefined {
  const reason = goErrno(error);
  if (reason === undefined) return undefined;
  const { syscall, path } = error as NodeJS.ErrnoException;
  const what = [syscall, path].filter(Boolean).join(" ");
  return what === "" ? reason : `${what}: ${reason}`;
}
