import type { Role } from "../../api/types/rbac.ts";
import { listText, writeHead } from "./common.ts";
import { compactRules, resourceText, singleRules } from "./policy-rules.ts";
import type { Describe } from "./port.ts";
import { DescribeWriter } from "./writer.ts";

/** Roles and cluster roles. Models RoleDescriber and ClusterRoleDescriber. */
export const describe: Describe<Role> = (role) => {
  const w = new DescribeWriter();
  writeHead(w, role, false);
  w.write(0, "PolicyRule:\n");
  w.write(1, "Resources\tNon-Resource URLs\tResource Names\tVerbs\n");
  w.write(1, "---------\t-----------------\t--------------\t-----\n");
  for (const rule of compactRules((role.rules ?? []).flatMap(singleRules))) {
    const lists = [rule.nonResourceURLs, rule.resourceNames, rule.verbs].map((list) => listText(list)).join("\t");
    w.write(1, `${resourceText(rule)}\t${lists}\n`);
  }
  return w.text();
};
