// How a subresource is asked.

const PATCHES = {
  merge: "application/merge-patch+json",
  strategic: "application/strategic-merge-patch+json",
  apply: "application/apply-patch+yaml",
};

/** `verb`: create, update, or a sort of patch. */
export function request(path, name, verb, force) {
  const query = verb === "apply" ? `fieldManager=fm${force ? "&force=true" : ""}` : "fieldValidation=Strict";
  return {
    method: { create: "POST", update: "PUT" }[verb] ?? "PATCH",
    type: PATCHES[verb] ?? "application/json",
    url: `${rootOf(path)}/${path.replace("/", `/${name}/`)}?dryRun=All&${query}`,
  };
}

function rootOf(path) {
  if (/^(namespaces|nodes)\//.test(path)) return "/api/v1";
  if (path.startsWith("ingresses/")) return "/apis/networking.k8s.io/v1/namespaces/default";
  const group = /^(deployments|statefulsets|replicasets|daemonsets)\//.test(path) ? "/apis/apps/v1" : "/api/v1";
  return `${group}/namespaces/default`;
}
