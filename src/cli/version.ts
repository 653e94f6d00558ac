/** kubemu's own version; `kubectl version` tells that of the kubectl and the server that it models. */
export const VERSION = "0.1.0";
