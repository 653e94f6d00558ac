import { sortedKeys } from "../api/json.ts";
import { totalResources } from "../api/kinds/pod/total-resources.ts";
import { parseQuantity, type Quantity } from "../api/meta/quantity.ts";
import type { KubeObject } from "../api/object.ts";
import { type ApiError, forbidden } from "../api/status.ts";
import type { Container, LimitRange, LimitRangeItem, PersistentVolumeClaim, Pod } from "../api/types/core.ts";
import { groupResourceOf, type Request } from "./request.ts";

/** Models kubernetes plugin/pkg/admission/limitranger. */

type Amounts = Map<string, Quantity>;

const rangesOf = ({ world }: Request, namespace: string) => world.objects.list<LimitRange>("limitranges", namespace);

function read(list: Record<string, string | number> | undefined): Amounts {
  return new Map(Object.entries(list ?? {}).map(([name, amount]) => [name, parseQuantity(String(amount))]));
}

/** Containers that do not say what they need get what the namespace has for them. */
export function fillLimits(request: Request, pod: Pod): void {
  for (const { spec } of rangesOf(request, pod.metadata.namespace ?? "")) {
    const items = (spec?.limits ?? []).filter(({ type }) => type === "Container");
    const defaults = {
      limits: Object.assign({}, ...items.map((item) => item.default ?? {})) as Record<string, string>,
      requests: Object.assign({}, ...items.map((item) => item.defaultRequest ?? {})) as Record<string, string>,
    };
    const said = [
      ...(pod.spec?.containers ?? []).flatMap((container) => fill(container, defaults, "container")),
      ...(pod.spec?.initContainers ?? []).flatMap((container) => fill(container, defaults, "init container")),
    ];
    if (said.length === 0) continue;
    const note = `LimitRanger plugin set: ${said.join("; ")}`;
    pod.metadata.annotations = { ...pod.metadata.annotations, "kubernetes.io/limit-ranger": note };
  }
}

function fill(container: Container, defaults: Record<"limits" | "requests", Record<string, string>>, what: string) {
  const set = (list: "limits" | "requests") => {
    const own = container.resources?.[list] ?? {};
    const missing = sortedKeys(defaults[list]).filter((name) => own[name] === undefined);
    if (missing.length === 0) return [];
    const added = Object.fromEntries(missing.map((name) => [name, defaults[list][name]!]));
    container.resources = { ...container.resources, [list]: { ...own, ...added } };
    return [`${missing.join(", ")} ${list.slice(0, -1)} for ${what} ${container.name}`];
  };
  const limits = set("limits");
  return [...set("requests"), ...limits];
}

/** @throws ApiError Forbidden, with all that is wrong. */
export function checkLimits(request: Request, object: KubeObject): void {
  for (const { spec } of rangesOf(request, object.metadata.namespace ?? "")) {
    const complaints = (spec?.limits ?? []).flatMap((item) =>
      request.key === "pods"
        ? podComplaints(item, object as Pod)
        : claimComplaints(item, object as PersistentVolumeClaim),
    );
    if (complaints.length) throw refused(request, object, [...new Set(complaints)]);
  }
}

function refused(request: Request, object: KubeObject, complaints: string[]): ApiError {
  const text = complaints.length === 1 ? complaints[0]! : `[${complaints.join(", ")}]`;
  return forbidden(groupResourceOf(request.info), object.metadata.name ?? "", text);
}

function podComplaints(item: LimitRangeItem, pod: Pod): string[] {
  const all = (requests: Amounts, limits: Amounts) => [
    ...[...sorted(item.min)].flatMap(([name, amount]) => minimum(item.type, name, amount, requests, limits)),
    ...[...sorted(item.max)].flatMap(([name, amount]) => maximum(item.type, name, amount, requests, limits)),
    ...[...sorted(item.maxLimitRequestRatio)].flatMap(([name, amount]) =>
      ratio(item.type, name, amount, requests, limits),
    ),
  ];
  if (item.type === "Pod") return all(totalResources(pod, "requests"), totalResources(pod, "limits"));
  if (item.type !== "Container") return [];
  return [...(pod.spec?.containers ?? []), ...(pod.spec?.initContainers ?? [])].flatMap(({ resources }) =>
    all(read(resources?.requests), read(resources?.limits)),
  );
}

function claimComplaints(item: LimitRangeItem, { spec }: PersistentVolumeClaim): string[] {
  if (item.type !== "PersistentVolumeClaim") return [];
  const requests = read(spec?.resources?.requests);
  return [
    ...[...sorted(item.min)].flatMap(([name, amount]) => minimum(item.type, name, amount, requests, new Map())),
    ...[...sorted(item.max)].flatMap(([name, amount]) => {
      const request = requests.get(name);
      const start = `maximum ${name} usage per ${item.type} is ${amount.text}`;
      if (!request) return [`${start}.  No request is specified`];
      return request.nano > amount.nano ? [`${start}, but request is ${request.text}`] : [];
    }),
  ];
}

function sorted(list: Record<string, string | number> | undefined): Amounts {
  const amounts = read(list);
  return new Map(sortedKeys(list ?? {}).map((name) => [name, amounts.get(name)!]));
}

function minimum(type: string, name: string, least: Quantity, requests: Amounts, limits: Amounts): string[] {
  const [request, limit] = [requests.get(name), limits.get(name)];
  const start = `minimum ${name} usage per ${type} is ${least.text}`;
  if (!request) return [`${start}.  No request is specified`];
  if (request.nano < least.nano) return [`${start}, but request is ${request.text}`];
  return limit && limit.nano < least.nano ? [`${start}, but limit is ${limit.text}`] : [];
}

function maximum(type: string, name: string, most: Quantity, requests: Amounts, limits: Amounts): string[] {
  const [request, limit] = [requests.get(name), limits.get(name)];
  const start = `maximum ${name} usage per ${type} is ${most.text}`;
  if (!limit) return [`${start}.  No limit is specified`];
  if (limit.nano > most.nano) return [`${start}, but limit is ${limit.text}`];
  return request && request.nano > most.nano ? [`${start}, but request is ${request.text}`] : [];
}

function ratio(type: string, name: string, most: Quantity, requests: Amounts, limits: Amounts): string[] {
  const [request, limit] = [requests.get(name), limits.get(name)];
  const start = `${name} max limit to request ratio per ${type} is ${most.text}, but`;
  if (!request?.nano) return [`${start} no request is specified or request is 0`];
  if (!limit?.nano) return [`${start} no limit is specified or limit is 0`];
  const provided = Number(limit.nano) / Number(request.nano);
  return provided > Number(most.nano) / 1e9 ? [`${start} provided ratio is ${provided.toFixed(6)}`] : [];
}
