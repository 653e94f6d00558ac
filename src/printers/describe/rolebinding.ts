import type { KubeObject } from "../../api/object.ts";
import { writeHead } from "./common.ts";
import type { Describe } from "./port.ts";
import { DescribeWriter } from "./writer.ts";

interface Binding extends KubeObject {
  roleRef?: { kind?: string; name?: string };
  subjects?: { kind?: string; name?: string; namespace?: string }[];
}

/** Role bindings and cluster role bindings. Models RoleBindingDescriber and ClusterRoleBindingDescriber. */
export const describe: Describe<Binding> = (binding) => {
  const w = new DescribeWriter();
  writeHead(w, binding, false);
  w.write(0, "Role:\n");
  w.field(1, "Kind", binding.roleRef?.kind ?? "");
  w.field(1, "Name", binding.roleRef?.name ?? "");
  w.write(0, "Subjects:\n");
  w.write(1, "Kind\tName\tNamespace\n");
  w.write(1, "----\t----\t---------\n");
  for (const { kind = "", name = "", namespace = "" } of binding.subjects ?? []) {
    w.write(1, `${kind}\t${name}\t${namespace}\n`);
  }
  return w.text();
};
