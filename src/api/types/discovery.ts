// The field types of the API, one file a group. Generated from the API server's OpenAPI document (1.36); not edited by hand.

import type { KubeObject } from "../object.ts";
import type { ObjectReference } from "./core.ts";

export interface Endpoint {
  addresses: string[];
  conditions?: EndpointConditions;
  deprecatedTopology?: Record<string, string>;
  hints?: EndpointHints;
  hostname?: string;
  nodeName?: string;
  targetRef?: ObjectReference;
  zone?: string;
}

export interface EndpointConditions {
  ready?: boolean;
  serving?: boolean;
  terminating?: boolean;
}

export interface EndpointHints {
  forNodes?: ForNode[];
  forZones?: ForZone[];
}

export interface EndpointPort {
  appProtocol?: string;
  name?: string;
  port?: number;
  protocol?: "SCTP" | "TCP" | "UDP";
}

export interface EndpointSlice extends KubeObject {
  addressType: "FQDN" | "IPv4" | "IPv6";
  endpoints?: Endpoint[];
  ports?: EndpointPort[];
}

export interface ForNode {
  name: string;
}

export interface ForZone {
  name: string;
}
