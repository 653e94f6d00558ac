import { type KindInfo, kinds, resourceKey } from "./registry.ts";
import type { ResourceKey } from "./snapshot.ts";

/** What a resource argument stands for: the kind, and the version to speak (`hpa.v1.autoscaling` names one). */
export interface ResolvedResource {
  info: KindInfo;
  version: string;
  /** Texts after `Warning: `: a short name that several groups have. */
  warnings: string[];
}

interface PartialResource {
  group: string;
  version: string;
  resource: string;
}

/**
 * What `svc`, `Service`, `services`, `deploy.apps` or `deployments.v1.apps` stands for; undefined: the server has no such
 * resource type. Names of resources are matched in lower case, short names as they are (`SVC` is unknown), groups by prefix.
 * Models client-go restmapper (shortcut.go, discovery.go) and cli-runtime pkg/resource/builder.go (mappingFor).
 */
export function resolveResource(text: string): ResolvedResource | undefined {
  const parts = text.split(".");
  const [resource = "", ...rest] = parts;
  const candidates: PartialResource[] = [{ resource, version: "", group: rest.join(".") }];
  if (parts.length >= 3) candidates.unshift({ resource, version: rest[0]!, group: rest.slice(1).join(".") });
  for (const candidate of candidates) {
    const warnings: string[] = [];
    const found = lookUp(expandShortName(candidate, warnings));
    if (found) return { ...found, warnings };
  }
  return undefined;
}

/** The keys of the resources of a category such as `all`, in the order of discovery; undefined: no such category. */
export function expandCategory(category: string): ResourceKey[] | undefined {
  const found = kinds.filter((info) => info.categories.includes(category));
  return found.length ? found.map((info) => resourceKey(info)) : undefined;
}

/** All kinds of a resource name or short name, the one of the highest priority first. Models RESTMapper.ResourcesFor. */
export function resourcesFor(name: string): KindInfo[] {
  const wanted = expandShortName({ resource: name, version: "", group: "" }, []);
  const resource = wanted.resource.toLowerCase();
  return kinds.filter(
    (info) => (info.resource === resource || info.singular === resource) && info.group.startsWith(wanted.group),
  );
}

/** The first match, which is the one of the highest priority: the registry's order is that of the groups. */
function lookUp(wanted: PartialResource): Omit<ResolvedResource, "warnings"> | undefined {
  const name = wanted.resource.toLowerCase();
  for (const info of kinds) {
    if (info.resource !== name && info.singular !== name) continue;
    const groupFits =
      wanted.version && wanted.group ? info.group === wanted.group : info.group.startsWith(wanted.group);
    if (!groupFits) continue;
    if (!wanted.version) return { info, version: info.version };
    if (info.versions.includes(wanted.version)) return { info, version: wanted.version };
  }
  return undefined;
}

function expandShortName(wanted: PartialResource, warnings: string[]): PartialResource {
  const inGroup = kinds.filter((info) => !wanted.group || info.group === wanted.group);
  if (inGroup.some((info) => info.resource === wanted.resource || info.singular === wanted.resource)) return wanted;
  const [first, ...others] = inGroup.filter((info) => info.shortNames.includes(wanted.resource));
  if (first) {
    for (const other of others)
      warnings.push(`short name "${wanted.resource}" could also match lower priority resource ${resourceKey(other)}`);
    return { resource: first.resource, group: first.group, version: "" };
  }
  if (!wanted.group) return wanted;
  const byPrefix = kinds.find(
    (info) => info.group.startsWith(wanted.group) && info.shortNames.includes(wanted.resource),
  );
  return byPrefix ? { ...wanted, resource: byPrefix.resource, group: byPrefix.group } : wanted;
}
