import { expect, test } from "vitest";
import { kindByGvk, kindByResource, kinds, resourceKey, storageKey, versionOfKey } from "../../src/api/registry.ts";
import { expandCategory, resolveResource } from "../../src/api/resource-names.ts";

// Rules: client-go restmapper/shortcut.go and discovery.go, apimachinery pkg/api/meta/restmapper.go.
test.each([
  ["svc", "services v1"],
  ["service", "services v1"],
  ["Services", "services v1"],
  ["SERVICE", "services v1"],
  ["services.v1.", "services v1"],
  ["deploy", "deployments.apps v1"],
  ["deploy.apps", "deployments.apps v1"],
  ["deploy.app", "deployments.apps v1"],
  ["deployment.v1.apps", "deployments.apps v1"],
  ["deployments.v1.apps", "deployments.apps v1"],
  ["Deployment.apps", "deployments.apps v1"],
  ["storageclass.storage", "storageclasses.storage.k8s.io v1"],
  ["events", "events v1"],
  ["ev", "events v1"],
  ["events.events.k8s.io", "events.events.k8s.io v1"],
  ["events.v1.events.k8s.io", "events.events.k8s.io v1"],
  ["hpa", "horizontalpodautoscalers.autoscaling v2"],
  ["hpa.v1.autoscaling", "horizontalpodautoscalers.autoscaling v2"],
  ["horizontalpodautoscalers.v1.autoscaling", "horizontalpodautoscalers.autoscaling v1"],
  ["endpoints", "endpoints v1"],
  ["ip", "ipaddresses.networking.k8s.io v1"],
])("%s", (text, expected) => {
  const found = resolveResource(text)!;
  expect(`${resourceKey(found.info)} ${found.version}`).toBe(expected);
});

test.each(["SVC", "endpoint", "deployments.v1", "deployments.v2.apps", "deployments.v1.app", "svc.apps", "nope", ""])(
  "%j is unknown",
  (text) => {
    expect(resolveResource(text)).toBeUndefined();
  },
);

test("a short name of two groups: the first wins, with a warning", () => {
  expect(resolveResource("ev")!.warnings).toEqual([
    'short name "ev" could also match lower priority resource events.events.k8s.io',
  ]);
  expect(resolveResource("events")!.warnings).toEqual([]);
});

// Order: transcript 26, `get all`.
test("category all", () => {
  expect(expandCategory("all")).toEqual([
    "pods",
    "replicationcontrollers",
    "services",
    "daemonsets.apps",
    "deployments.apps",
    "replicasets.apps",
    "statefulsets.apps",
    "horizontalpodautoscalers.autoscaling",
    "cronjobs.batch",
    "jobs.batch",
  ]);
  expect(expandCategory("nope")).toBeUndefined();
});

test("keys, versions and storage", () => {
  expect(kinds.every((info) => kindByResource(resourceKey(info)) === info)).toBe(true);
  const autoscaler = kindByGvk("autoscaling/v1", "HorizontalPodAutoscaler")!;
  expect(autoscaler).toBe(kindByGvk("autoscaling/v2", "HorizontalPodAutoscaler"));
  expect(versionOfKey(autoscaler, "horizontalpodautoscalers.v1.autoscaling")).toBe("v1");
  expect(versionOfKey(autoscaler, "horizontalpodautoscalers.autoscaling")).toBe("v2");
  expect(kindByResource("horizontalpodautoscalers.v1.autoscaling")).toBe(autoscaler);
  expect(storageKey(kindByGvk("events.k8s.io/v1", "Event")!)).toBe("events");
  expect(kindByGvk("v1", "Deployment")).toBeUndefined();
  expect(kindByResource("__proto__")).toBeUndefined();
});
