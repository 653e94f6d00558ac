import { expect, test } from "vitest";
import { descriptions } from "../../../src/api/explain/descriptions.ts";
import { explainResource } from "../../../src/api/explain/explain-resource.ts";
import { getKey } from "../../../src/api/json.ts";
import { kinds } from "../../../src/api/registry.ts";
import { loadSchema } from "../../../src/api/schema/load.ts";
import { fieldsOf } from "../../../src/cli/explain-path.ts";

// Transcripts 25 and 32.
test.each(["service.spec.nothing", "svc.nothing"])("%s: the header, then the error", async (argument) => {
  expect(await explainResource(argument, "", false, "plaintext", fieldsOf)).toEqual({
    output: "KIND:       Service\nVERSION:    v1\n\n",
    error: 'field "nothing" does not exist',
  });
});

// Layout: kubectl pkg/explain/v2/templates/plaintext.tmpl; types and enums: the API server's OpenAPI document (1.36).
test("svc.spec.type", async () => {
  expect((await explainResource("svc.spec.type", "", false, "plaintext", fieldsOf)).output).toBe(
    `KIND:       Service
VERSION:    v1

FIELD: type <string>
ENUM:
    ClusterIP
    ExternalName
    LoadBalancer
    NodePort

DESCRIPTION:
    How the Service can be reached: ClusterIP, NodePort, LoadBalancer or
    ExternalName.
    

`,
  );
});

test("recursive: a list is one level deeper", async () => {
  expect(
    (await explainResource("svc.spec.sessionAffinityConfig", "", true, "plaintext", fieldsOf)).output.split(
      "FIELDS:\n",
    )[1],
  ).toBe("  clientIP\t<ClientIPConfig>\n    timeoutSeconds\t<integer>\n\n");
});

test("group, version and what is not there", async () => {
  const header = async (argument: string, apiVersion = "") => {
    const { output, error } = await explainResource(argument, apiVersion, false, "plaintext", fieldsOf);
    return error ?? output.split("\n\n")[0];
  };
  expect(await header("deploy")).toBe("GROUP:      apps\nKIND:       Deployment\nVERSION:    v1");
  expect(await header("deployments.apps.spec")).toBe("GROUP:      apps\nKIND:       Deployment\nVERSION:    v1");
  expect(await header("hpa")).toBe("GROUP:      autoscaling\nKIND:       HorizontalPodAutoscaler\nVERSION:    v2");
  expect(await header("hpa", "autoscaling/v1")).toBe(
    "GROUP:      autoscaling\nKIND:       HorizontalPodAutoscaler\nVERSION:    v1",
  );
  expect(await header("hpa", "autoscaling/v3")).toBe(
    'couldn\'t find resource for "autoscaling/v3, Resource=horizontalpodautoscalers"',
  );
  expect(await header("svc", "apps/v1")).toBe("GVR (apps/v1, Resource=services) not found in OpenAPI schema");
  expect(await explainResource("nope.spec", "", false, "plaintext", fieldsOf)).toEqual({ output: "", unknown: "nope" });
  expect(await header("svc.spec.ports[0]")).toBe("invalid jsonpath syntax, first node must be field node");
});

test("each description is of a type or field that exists", async () => {
  const types = new Map<string, ReadonlySet<string>>();
  for (const { group, version, kind } of kinds) {
    const { resolve, root } = await loadSchema({ group, version, kind });
    types.set(kind, new Set([...(types.get(kind) ?? []), ...Object.keys(root.properties ?? {})]));
    const visit = (text: string): void => {
      for (const [, ref] of text.matchAll(/"\$ref":"([^"]+)"/g)) {
        const name = ref!.split(".").at(-1)!;
        if (types.has(name)) continue;
        types.set(name, new Set(Object.keys(resolve(ref!)?.properties ?? {})));
        visit(JSON.stringify(resolve(ref!)));
      }
    };
    visit(JSON.stringify(root));
  }
  const lost = Object.keys(descriptions).filter((key) => {
    const [type = "", name] = key.split(".");
    return !types.has(type) || (name !== undefined && !types.get(type)!.has(name));
  });
  expect(lost).toEqual([]);
  expect(getKey(descriptions, "ServiceSpec")).toBeDefined();
});
