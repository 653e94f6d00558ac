import type { Condition, KubeObject } from "../object.ts";

/** Models k8s.io/api/certificates/v1 (CertificateSigningRequest). */
export interface CertificateSigningRequest extends KubeObject {
  spec: {
    /** PKCS #10 in PEM, in base64. */
    request?: string;
    signerName?: string;
    expirationSeconds?: number;
    usages?: string[];
    username?: string;
    uid?: string;
    groups?: string[];
    extra?: Record<string, string[]>;
  };
  status?: { conditions?: Condition[]; certificate?: string };
}
