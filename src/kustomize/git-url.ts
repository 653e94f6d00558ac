/**
 * Whether kustomize would take a path for that of a git repository, and clone it: `https://host/org/repo/path`, `git@host:org/repo`, `github.com/org/repo`.
 * Models api/internal/git NewRepoSpecFromURL.
 */
export function isRepository(path: string): boolean {
  if (path.startsWith("/")) return false;
  const url = path.split("?")[0]!.replace(/^git::/i, "");
  const scheme = /^(?:ssh|https|http|file):\/\//i.exec(url)?.[0].toLowerCase() ?? "";
  const afterScheme = url.slice(scheme.length);
  const user = /^[a-zA-Z][a-zA-Z0-9-]*@/.exec(afterScheme)?.[0] ?? "";
  const rest = afterScheme.slice(user.length);
  const isGithub = /^github\.com[/:]/i.test(rest);
  const short = scheme === "" && (user !== "" || isGithub);
  if (scheme === "" && !short) return false;
  if (scheme === "file://") return pathParts(user + rest, false);
  const end = separator(rest, short);
  if (end < 0 && rest === "" && !isGithub) return false;
  return pathParts(end < 0 ? "" : rest.slice(end + 1), true);
}

function separator(rest: string, short: boolean): number {
  const slash = rest.indexOf("/");
  const colon = rest.indexOf(":");
  return short && (slash === -1 || (colon > 0 && colon < slash)) ? colon : slash;
}

/** Whether there is a repository in what follows the host, and no way out of it. */
function pathParts(path: string, needsTwo: boolean): boolean {
  const [repository, inside] = split(path, needsTwo);
  if (!repository) return false;
  return !/^\/?(?:[^/]+\/\.\.\/|\.\/)*\.\.(?:\/|$)/.test(inside ?? "");
}

function split(path: string, needsTwo: boolean): [string?, string?] {
  const azure = path.indexOf("_git/");
  if (azure >= 0) {
    const [name = "", ...more] = path.slice(azure + 5).split("/");
    return [path.slice(0, azure + 5) + name, more.join("/")];
  }
  const marker = path.indexOf("//");
  if (marker >= 0) return [path.slice(0, marker), path.slice(marker + 2)];
  const suffix = path.indexOf(".git");
  if (suffix >= 0) return [path.slice(0, suffix + 4), path.slice(suffix + 4)];
  if (!needsTwo) return [path, ""];
  const segments = path.split("/");
  return segments.length < 2 ? [] : [segments.slice(0, 2).join("/"), segments.slice(2).join("/")];
}
