import { describe, expect, it } from "vitest";
import type { KubeList, KubeObject } from "../../src/api/object.ts";
import { JsonPrinter } from "../../src/printers/json.ts";
import { KyamlPrinter } from "../../src/printers/kyaml.ts";
import { omitManagedFields } from "../../src/printers/managed-fields.ts";
import { NamePrinter } from "../../src/printers/name.ts";
import type { Printer } from "../../src/printers/printer.ts";
import { YamlPrinter } from "../../src/printers/yaml.ts";

const service: KubeObject = { apiVersion: "v1", kind: "Service", metadata: { name: "web" } };
const deployment: KubeObject = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web" } };
const list: KubeList = { apiVersion: "v1", kind: "List", metadata: {}, items: [service, deployment] };

function print(printer: Printer, ...objects: (KubeObject | KubeList)[]): string {
  let out = "";
  for (const object of objects)
    printer.print(object, (text) => {
      out += text;
    });
  return out;
}

// Texts by k8s.io/cli-runtime pkg/printers yaml.go, json.go, kyaml.go, name.go, managedfields.go.
describe("printers", () => {
  it("separates YAML documents", () => {
    expect(print(new YamlPrinter(), service, deployment)).toBe(
      "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n",
    );
  });

  it("indents JSON by four and does not separate objects", () => {
    const text =
      '{\n    "apiVersion": "v1",\n    "kind": "Service",\n    "metadata": {\n        "name": "web"\n    }\n}\n';
    expect(print(new JsonPrinter(), service, service)).toBe(text + text);
  });

  it("begins each KYAML document with a separator", () => {
    const text = '---\n{\n  apiVersion: "v1",\n  kind: "Service",\n  metadata: {\n    name: "web",\n  },\n}\n';
    expect(print(new KyamlPrinter(), service, service)).toBe(text + text);
  });

  it("names objects, and what was done with them", () => {
    expect(print(new NamePrinter(), list)).toBe("service/web\ndeployment.apps/web\n");
    expect(print(new NamePrinter("exposed (dry run)"), service)).toBe("service/web exposed (dry run)\n");
    expect(print(new NamePrinter(), { ...service, metadata: {} })).toBe("service/<unknown>\n");
  });

  it("leaves managedFields out and the object alone", () => {
    const managed: KubeObject = { ...service, metadata: { name: "web", managedFields: [{ manager: "kubectl" }] } };
    const text = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n";
    expect(print(omitManagedFields(new YamlPrinter()), managed)).toBe(text);
    expect(print(omitManagedFields(new YamlPrinter()), { ...list, items: [managed] })).toBe(
      "apiVersion: v1\nitems:\n- apiVersion: v1\n  kind: Service\n  metadata:\n    name: web\nkind: List\nmetadata: {}\n",
    );
    expect(managed.metadata.managedFields).toEqual([{ manager: "kubectl" }]);
  });
});
