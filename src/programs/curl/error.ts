/** A transfer that failed: curl's code (its exit status) and message. */
export class CurlError extends Error {
  readonly code: number;
  constructor(code: number, message?: string) {
    super(message ?? CURL_MESSAGES[code] ?? "Unknown error");
    this.name = "CurlError";
    this.code = code;
  }
}

/** curl_easy_strerror's texts of the codes that the simulation can end in. */
export const CURL_MESSAGES: Readonly<Record<number, string>> = {
  1: "Unsupported protocol",
  3: "URL using bad/illegal format or missing URL",
  5: "Couldn't resolve proxy name",
  6: "Couldn't resolve host name",
  7: "Couldn't connect to server",
  18: "Transferred a partial file",
  22: "HTTP response code said error",
  23: "Failed writing received data to disk/application",
  25: "Upload failed (at start)",
  26: "Failed to open/read local data from file/application",
  28: "Timeout was reached",
  35: "SSL connect error",
  37: "Couldn't read a file:// file",
  42: "Operation was aborted by an application callback",
  47: "Number of redirects hit maximum amount",
  49: "Malformed option provided in a setopt",
  52: "Server returned nothing (no headers, no data)",
  56: "Failure when receiving data from the peer",
  60: "SSL peer certificate or SSH remote key was not OK",
  63: "Maximum file size exceeded",
  67: "Login denied",
};
