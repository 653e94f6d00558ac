import { emptyConfig, mergeConfigs, type TransformerConfig } from "./config/transformer-config.ts";
import { ResMap } from "./res-map.ts";
import { VarSet } from "./vars.ts";

/** What a kustomization gathers: resources, where things are changed in them, and vars. Models api/internal/accumulator. */
export class Accumulator {
  map = new ResMap();
  config: TransformerConfig = emptyConfig();
  readonly vars = new VarSet();

  mergeConfig(config: TransformerConfig): void {
    this.config = mergeConfigs(this.config, config);
  }

  /** Takes what another one has gathered. Throws KustomizeError where the two contradict. */
  merge(other: Accumulator): void {
    this.map.appendAll(other.map);
    this.mergeConfig(other.config);
    this.vars.mergeSet(other.vars);
  }
}
