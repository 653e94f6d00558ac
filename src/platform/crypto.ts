type Crypto = typeof import("node:crypto");

const crypto = (): Crypto => process.getBuiltinModule("node:crypto");

/** The SHA-256 of a text, in hexadecimal. */
export function sha256(text: string): string {
  return crypto().createHash("sha256").update(text).digest("hex");
}

/**
 * What is wrong with a PEM certificate and its PEM key, undefined when they belong together. Models Go's tls.X509KeyPair; why a
 * block cannot be parsed is told in fewer words.
 */
export function keyPairProblem(certificate: Uint8Array, key: Uint8Array): string | undefined {
  const certificates = pemTypes(certificate);
  if (!certificates.includes("CERTIFICATE")) {
    if (certificates.length === 0) return "tls: failed to find any PEM data in certificate input";
    if (certificates.length === 1 && certificates[0]!.endsWith("PRIVATE KEY")) {
      return "tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched";
    }
    return `tls: failed to find "CERTIFICATE" PEM block in certificate input after skipping PEM blocks of the following types: [${certificates.join(" ")}]`;
  }
  const keys = pemTypes(key);
  if (!keys.some((type) => type === "PRIVATE KEY" || type.endsWith(" PRIVATE KEY"))) {
    if (keys.length === 0) return "tls: failed to find any PEM data in key input";
    if (keys.length === 1 && keys[0] === "CERTIFICATE") {
      return "tls: found a certificate rather than a key in the PEM for the private key";
    }
    return `tls: failed to find PEM block with type ending in "PRIVATE KEY" in key input after skipping PEM blocks of the following types: [${keys.join(" ")}]`;
  }
  const { X509Certificate, createPrivateKey } = crypto();
  let parsed: InstanceType<Crypto["X509Certificate"]>;
  try {
    parsed = new X509Certificate(Buffer.from(certificate));
  } catch {
    return "x509: malformed certificate";
  }
  try {
    const privateKey = createPrivateKey(Buffer.from(key));
    return parsed.checkPrivateKey(privateKey) ? undefined : "tls: private key does not match public key";
  } catch {
    return "tls: failed to parse private key";
  }
}

/** RSA and ECDSA by the digits of their identifiers in DER (RFC 4055, RFC 5758); the hash that each signs. */
const SIGNATURES: Readonly<Record<string, readonly [hash: string, failure: string]>> = {
  "2a864886f70d01010b": ["sha256", "crypto/rsa: verification error"],
  "2a864886f70d01010c": ["sha384", "crypto/rsa: verification error"],
  "2a864886f70d01010d": ["sha512", "crypto/rsa: verification error"],
  "2a8648ce3d040302": ["sha256", "x509: ECDSA verification failure"],
  "2a8648ce3d040303": ["sha384", "x509: ECDSA verification failure"],
  "2a8648ce3d040304": ["sha512", "x509: ECDSA verification failure"],
};
const INSECURE: Readonly<Record<string, string>> = {
  "2a864886f70d010104": "MD5-RSA",
  "2a864886f70d010105": "SHA1-RSA",
  "2a8648ce3d0401": "ECDSA-SHA1",
};
const ED25519 = "2b6570";

/**
 * Why the owner of a public key has not signed some bytes; undefined: it has. Models Go's x509.CertificateRequest.CheckSignature.
 * @param key SubjectPublicKeyInfo in DER
 */
export function signatureProblem(
  key: Uint8Array,
  { algorithm, of, bytes }: { algorithm: string; of: Uint8Array; bytes: Uint8Array },
): string | undefined {
  const insecure = INSECURE[algorithm];
  if (insecure) return `x509: cannot verify signature: insecure algorithm ${insecure}`;
  const [hash, failure] =
    algorithm === ED25519 ? [undefined, "x509: Ed25519 verification failure"] : (SIGNATURES[algorithm] ?? []);
  if (failure === undefined) return "x509: cannot verify signature: algorithm unimplemented";
  const { createPublicKey, verify } = crypto();
  try {
    const publicKey = createPublicKey({ key: Buffer.from(key), format: "der", type: "spki" });
    return verify(hash, of, publicKey, bytes) ? undefined : failure;
  } catch {
    return failure;
  }
}

/** The types of the PEM blocks of a text, in order. */
function pemTypes(bytes: Uint8Array): string[] {
  const text = Buffer.from(bytes).toString("latin1");
  return [...text.matchAll(/-----BEGIN ([^\n-]+)-----\r?\n[\s\S]*?-----END \1-----/g)].map((match) => match[1]!);
}
