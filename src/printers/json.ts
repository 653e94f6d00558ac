import { emitJson, type StructFields } from "../api/encoding/json-emit.ts";
import type { Json } from "../api/json.ts";
import type { KubeList, KubeObject } from "../api/object.ts";
import type { Printer } from "./printer.ts";

/** `-o json`. Models cli-runtime printers.JSONPrinter. */
export class JsonPrinter implements Printer {
  private readonly fields: StructFields | null;

  /** `fields`: the struct of an object that kubectl itself built and that no server has answered. */
  constructor(fields: StructFields | null = null) {
    this.fields = fields;
  }

  print(object: KubeObject | KubeList, write: (text: string) => void): void {
    write(`${emitJson(object as unknown as Json, "    ", this.fields)}\n`);
  }
}
