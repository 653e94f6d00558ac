import { goQuote } from "../../encoding/go-quote.ts";
import type { Volume, VolumeProjection } from "../../types/core.ts";
import { deprecatedSources } from "../deprecated-volumes.ts";
import { storageWarnings } from "../persistentvolumeclaim/warnings.ts";

/** In the order in which they are told of, what a claim's template says being between the two. */
const FIRST = ["photonPersistentDisk", "gitRepo", "scaleIO", "flocker", "storageos", "quobyte", "glusterfs"] as const;
const LAST = ["cephfs", "rbd"] as const;

/** Models kubernetes pkg/api/pod/warnings.go, the part on volumes. `path` is that of the list. */
export function volumeWarnings(volumes: readonly Volume[], path: string): string[] {
  const deprecated = volumes.flatMap((volume, i) => {
    const at = `${path}[${i}]`;
    const claim = volume.ephemeral?.volumeClaimTemplate?.spec;
    return [
      ...deprecatedSources(volume, FIRST, at),
      ...(claim ? storageWarnings(claim.resources, `${at}.ephemeral.volumeClaimTemplate.spec`) : []),
      ...deprecatedSources(volume, LAST, at),
    ];
  });
  return [...deprecated, ...volumes.flatMap(overlaps)];
}

/** A path in a volume, and where what is there comes from. */
interface Place {
  path: string;
  source: string;
}

/** Models warningsForOverlappingVirtualPaths. */
function overlaps({ name, configMap, secret, downwardAPI, projected }: Volume): string[] {
  const told = (what: string, places: Place[]) =>
    collisions(places).map((text) => `volume ${goQuote(name)} (${what}): overlapping paths: ${text}`);
  const bare = (items: readonly { path: string }[] = []) => items.map(({ path }) => ({ path, source: "" }));
  const warnings = [
    ...told(`ConfigMap ${goQuote(configMap?.name ?? "")}`, bare(configMap?.items)),
    ...told(`Secret ${goQuote(secret?.secretName ?? "")}`, bare(secret?.items)),
    ...told("DownwardAPI", bare(downwardAPI?.items)),
  ];
  const sources = projected?.sources ?? [];
  for (const source of sources)
    if (Object.keys(source).length === 0) warnings.push(`volume ${goQuote(name)} (Projected) has no sources provided`);
  return [...warnings, ...told("Projected", sources.flatMap(placesOf))];
}

function placesOf(projection: VolumeProjection): Place[] {
  const { configMap, secret, downwardAPI, serviceAccountToken, clusterTrustBundle, podCertificate } = projection;
  const all = (items: readonly { path: string }[], source: string) => items.map(({ path }) => ({ path, source }));
  if (configMap?.items) return all(configMap.items, `ConfigMap ${goQuote(configMap.name ?? "")}`);
  if (secret?.items) return all(secret.items, `Secret ${goQuote(secret.name ?? "")}`);
  if (downwardAPI?.items) return all(downwardAPI.items, "DownwardAPI");
  if (serviceAccountToken) return [{ path: serviceAccountToken.path, source: "ServiceAccountToken" }];
  if (clusterTrustBundle) {
    const { name, signerName, path } = clusterTrustBundle;
    return [{ path, source: `ClusterTrustBundle ${goQuote(name ?? signerName ?? "")}` }];
  }
  const { certificateChainPath, keyPath, credentialBundlePath } = podCertificate ?? {};
  const certificates: [string | undefined, string][] = [
    [certificateChainPath, "PodCertificate chain"],
    [keyPath, "PodCertificate key"],
    [credentialBundlePath, "PodCertificate credential bundle"],
  ];
  return certificates.flatMap(([path, source]) => (path ? [{ path, source }] : []));
}

/** Of each place the ones before it that are the same, inside of it or around it. */
function collisions(given: readonly Place[]): string[] {
  const places = given.map(({ path, source }) => ({ path: path.replace(/\/+$/, ""), source }));
  const within = (inner: Place, outer: Place) => `${inner.path}/`.startsWith(`${outer.path}/`);
  const text = ({ path, source }: Place) => goQuote(path) + (source === "" ? "" : ` (${source})`);
  return places.flatMap((place, i) =>
    places
      .slice(0, i)
      .filter((other) => place.path !== "" && other.path !== "" && (within(place, other) || within(other, place)))
      .map((other) => `${text(place)} with ${text(other)}`),
  );
}
