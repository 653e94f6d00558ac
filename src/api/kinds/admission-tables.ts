import { getKey, sortedKeys } from "../json.ts";
import type { KubeObject, LabelSelector } from "../object.ts";
import { ageColumn, ageOf, column, nameColumn, nameOf } from "./cells.ts";
import type { TablePrinter } from "./kind.ts";

/** What the mutating and the validating kinds of admissionregistration.k8s.io share. */

interface WebhookConfiguration extends KubeObject {
  webhooks?: unknown[];
}

/** Models printMutatingWebhook and printValidatingWebhook. */
export const webhookTable: TablePrinter<WebhookConfiguration> = {
  columns: [nameColumn, column("Webhooks", "integer"), ageColumn],
  cells: (configuration, context) => [
    nameOf(configuration),
    configuration.webhooks?.length ?? 0,
    ageOf(configuration, context),
  ],
};

interface AdmissionPolicy extends KubeObject {
  spec?: { paramKind?: { apiVersion?: string; kind?: string }; mutations?: unknown[]; validations?: unknown[] };
}

/** Models printValidatingAdmissionPolicy and printMutatingAdmissionPolicy. */
export function policyTable(rules: "Mutations" | "Validations"): TablePrinter<AdmissionPolicy> {
  return {
    columns: [nameColumn, column(rules, "integer"), column("ParamKind"), ageColumn],
    cells: (policy, context) => {
      const { paramKind, mutations, validations } = policy.spec ?? {};
      return [
        nameOf(policy),
        (rules === "Mutations" ? mutations : validations)?.length ?? 0,
        paramKind ? `${paramKind.apiVersion ?? ""}/${paramKind.kind ?? ""}` : "<unset>",
        ageOf(policy, context),
      ];
    },
  };
}

interface PolicyBinding extends KubeObject {
  spec?: { policyName?: string; paramRef?: { name?: string; namespace?: string; selector?: LabelSelector } };
}

/** Models printValidatingAdmissionPolicyBinding and printMutatingAdmissionPolicyBinding. */
export const policyBindingTable: TablePrinter<PolicyBinding> = {
  columns: [nameColumn, column("PolicyName"), column("ParamRef"), ageColumn],
  cells: (binding, context) => [
    nameOf(binding),
    binding.spec?.policyName ?? "",
    paramText(binding),
    ageOf(binding, context),
  ],
};

function paramText(binding: PolicyBinding): string {
  const ref = binding.spec?.paramRef;
  if (ref?.name) return `${ref.namespace || "*"}/${ref.name}`;
  return ref?.selector ? goSelectorText(ref.selector) : "<unset>";
}

/** How Go's generated String method prints a LabelSelector. */
function goSelectorText({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string {
  const labels = sortedKeys(matchLabels).map((key) => `${key}: ${getKey(matchLabels, key)},`);
  const expressions = matchExpressions.map(
    ({ key, operator, values = [] }) =>
      `LabelSelectorRequirement{Key:${key},Operator:${operator},Values:[${values.join(" ")}],},`,
  );
  return `&LabelSelector{MatchLabels:map[string]string{${labels.join("")}},MatchExpressions:[]LabelSelectorRequirement{${expressions.join("")}},}`;
}
