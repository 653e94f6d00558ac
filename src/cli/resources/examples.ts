/** Where the documentation keeps its examples; the first two lead to the third. */
const PLACES = [
  "https://k8s.io/examples/",
  "https://kubernetes.io/examples/",
  "https://raw.githubusercontent.com/kubernetes/website/main/content/en/examples/",
];

type Examples = { examples: Readonly<Record<string, string>> };

const FOLDERS: Readonly<Record<string, () => Promise<Examples>>> = {
  admin: () => import("./examples/admin.ts"),
  application: () => import("./examples/application.ts"),
  service: () => import("./examples/service.ts"),
};

/** The manifest of an example of the documentation, undefined for any other address: nothing is fetched. */
export async function exampleManifest(address: string): Promise<string | undefined> {
  const place = PLACES.find((prefix) => address.startsWith(prefix));
  if (place === undefined) return undefined;
  const path = address.slice(place.length);
  const folder = path.slice(0, path.indexOf("/"));
  if (!Object.hasOwn(FOLDERS, folder)) return undefined;
  const { examples } = await FOLDERS[folder]!();
  return Object.hasOwn(examples, path) ? examples[path] : undefined;
}
