import { emitYaml } from "../api/encoding/yaml-emit.ts";
import type { Json } from "../api/json.ts";
import type { KubeList, KubeObject } from "../api/object.ts";
import type { Printer } from "./printer.ts";

/** `-o yaml`: `---` stands between the objects that one printer prints. Models cli-runtime printers.YAMLPrinter. */
export class YamlPrinter implements Printer {
  private hasPrinted = false;

  print(object: KubeObject | KubeList, write: (text: string) => void): void {
    const text = emitYaml(object as unknown as Json);
    write(this.hasPrinted ? `---\n${text}` : text);
    this.hasPrinted = true;
  }
}
