/**
 * The tag of an image reference: `latest` where it has neither tag nor digest, "" where it has a digest alone or is no reference.
 * Models kubernetes pkg/util/parsers/parsers.go (ParseImageName) over distribution/reference.
 */
export function imageTag(image: string): string {
  if (/^[a-f0-9]{64}$/.test(image)) return "";
  const slash = image.indexOf("/");
  const first = slash < 0 ? "" : image.slice(0, slash);
  const isHost = slash >= 0 && (/[.:]/.test(first) || first === "localhost" || first.toLowerCase() !== first);
  const rest = isHost ? image.slice(slash + 1) : image;
  const match = /^([^:@]+)(?::([^@]*))?(?:@(.*))?$/s.exec(rest);
  if (!match) return "";
  const [, path = "", tag, digest] = match;
  const part = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
  if (!new RegExp(`^${part}(?:/${part})*$`).test(path)) return "";
  // Names without a slash are those of the library.
  if ((isHost || path.includes("/") ? path : `library/${path}`).length > 255) return "";
  if (tag !== undefined && !/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(tag)) return "";
  if (digest !== undefined && !/^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/.test(digest))
    return "";
  return tag ?? (digest === undefined ? "latest" : "");
}
