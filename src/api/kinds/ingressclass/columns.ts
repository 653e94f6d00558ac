import type { KubeObject } from "../../object.ts";
import { ageColumn, ageOf, column, nameColumn, nameOf } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";

const DEFAULT_CLASS = "ingressclass.kubernetes.io/is-default-class";

interface IngressClass extends KubeObject {
  spec?: { controller?: string; parameters?: { apiGroup?: string; kind: string; name: string } };
}

/** Models printIngressClass. */
export const table: TablePrinter<IngressClass> = {
  columns: [nameColumn, column("Controller"), column("Parameters"), ageColumn],
  cells: (ingressClass, context) => {
    const { controller = "", parameters: ref } = ingressClass.spec ?? {};
    const group = ref?.apiGroup === undefined ? "" : `.${ref.apiGroup}`;
    const isDefault = ingressClass.metadata.annotations?.[DEFAULT_CLASS] === "true";
    return [
      `${nameOf(ingressClass)}${isDefault ? " (default)" : ""}`,
      controller,
      ref ? `${ref.kind}${group}/${ref.name}` : "<none>",
      ageOf(ingressClass, context),
    ];
  },
};
