import { goQuote } from "../api/encoding/go-quote.ts";

const BEFORE = {
  healthz: ["ping", "log", "loopback-serving-certificate", "etcd"],
  livez: ["ping", "log", "loopback-serving-certificate", "etcd"],
  readyz: ["ping", "log", "etcd", "etcd-readiness", "informer-sync"],
};

/** What runs after the start, in the order of registration. */
const HOOKS = [
  "start-apiserver-admission-initializer",
  "generic-apiserver-start-informers",
  "priority-and-fairness-config-consumer",
  "priority-and-fairness-filter",
  "storage-object-count-tracker-hook",
  "start-apiextensions-informers",
  "start-apiextensions-controllers",
  "crd-informer-synced",
  "start-system-namespaces-controller",
  "peer-endpoint-reconciler-controller",
  "start-cluster-authentication-info-controller",
  "start-kube-apiserver-identity-lease-controller",
  "start-kube-apiserver-identity-lease-garbage-collector",
  "storage-readiness",
  "start-legacy-token-tracking-controller",
  "start-service-ip-repair-controllers",
  "rbac/bootstrap-roles",
  "scheduling/bootstrap-system-priority-classes",
  "priority-and-fairness-config-producer",
  "bootstrap-controller",
  "start-kubernetes-service-cidr-controller",
  "start-kube-aggregator-informers",
  "apiservice-status-local-available-controller",
  "apiservice-status-remote-available-controller",
  "apiservice-registration-controller",
  "apiservice-discovery-controller",
  "kube-apiserver-autoregistration",
];

const HOOKS_AT_THE_END = ["apiservice-openapi-controller", "apiservice-openapiv3-controller"];

type Endpoint = keyof typeof BEFORE;

const ENDPOINTS: readonly Endpoint[] = ["healthz", "livez", "readyz"];

/** The checks of an endpoint, in the order in which `?verbose` lists them. */
function checksOf(endpoint: Endpoint): string[] {
  const hook = (name: string) => `poststarthook/${name}`;
  return [
    ...BEFORE[endpoint],
    ...HOOKS.map(hook),
    "autoregister-completion",
    ...HOOKS_AT_THE_END.map(hook),
    ...(endpoint === "readyz" ? ["shutdown"] : []),
  ];
}

/** All paths that answer for the server's health. */
export function healthPaths(): string[] {
  return ENDPOINTS.flatMap((endpoint) => [
    `/${endpoint}`,
    ...checksOf(endpoint).map((check) => `/${endpoint}/${check}`),
  ]);
}

/**
 * What `/healthz`, `/livez`, `/readyz` and the paths of their single checks answer: a simulated server is always well. Undefined for
 * another path. Models apiserver pkg/server/healthz/healthz.go.
 */
export function healthText({ pathname, searchParams: query }: URL): string | undefined {
  const endpoint = ENDPOINTS.find((name) => pathname === `/${name}`);
  if (endpoint === undefined) return healthPaths().includes(pathname) ? "ok" : undefined;
  if (!query.has("verbose")) return "ok";
  const checks = checksOf(endpoint);
  const excluded = query.getAll("exclude");
  const unknown = [...new Set(excluded)]
    .filter((name) => !checks.includes(name))
    .sort()
    .map((name) => goQuote(name));
  return [
    ...checks.map((check) => `[+]${check} ${excluded.includes(check) ? "excluded: " : ""}ok\n`),
    unknown.length > 0 ? `warn: some health checks cannot be excluded: no matches for ${unknown.join(",")}\n` : "",
    `${endpoint} check passed\n`,
  ].join("");
}
