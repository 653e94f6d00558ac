/** `registry.k8s.io/e2e-test-images/agnhost:2.53` in its parts; Docker Hub's short names written out. */
export interface ImageReference {
  /** `docker.io/library/nginx`. */
  repository: string;
  tag: string;
  digest?: string;
}

/** Models distribution/reference ParseNormalizedNamed. */
export function parseReference(image: string): ImageReference {
  const [name = "", digest] = image.split("@", 2);
  const slash = name.lastIndexOf("/");
  const colon = name.indexOf(":", slash + 1);
  const bare = colon < 0 ? name : name.slice(0, colon);
  const tag = colon < 0 ? "latest" : name.slice(colon + 1);
  return { repository: withRegistry(bare), tag, ...(digest ? { digest } : {}) };
}

function withRegistry(name: string): string {
  const first = name.split("/", 1)[0]!;
  const hasRegistry = name.includes("/") && (first.includes(".") || first.includes(":") || first === "localhost");
  if (hasRegistry)
    return name.replace(/^index\.docker\.io\//, "docker.io/").replace(/^docker\.io\/([^/]+)$/, "docker.io/library/$1");
  return name.includes("/") ? `docker.io/${name}` : `docker.io/library/${name}`;
}
