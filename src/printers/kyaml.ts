import type { StructFields } from "../api/encoding/json-emit.ts";
import { emitKyaml } from "../api/encoding/kyaml.ts";
import type { Json } from "../api/json.ts";
import type { KubeList, KubeObject } from "../api/object.ts";
import type { Printer } from "./printer.ts";

/** `-o kyaml`. Models cli-runtime printers.KYAMLPrinter. */
export class KyamlPrinter implements Printer {
  private readonly fields: StructFields | null;

  /** `fields`: the struct of an object that kubectl itself built and that no server has answered. */
  constructor(fields: StructFields | null = null) {
    this.fields = fields;
  }

  print(object: KubeObject | KubeList, write: (text: string) => void): void {
    write(emitKyaml(object as unknown as Json, this.fields));
  }
}
