import { webhookBehaviour } from "../webhook-rules.ts";

/** Models kubernetes pkg/registry/admissionregistration/validatingwebhookconfiguration/strategy.go. */
export const behaviour = webhookBehaviour(false);
