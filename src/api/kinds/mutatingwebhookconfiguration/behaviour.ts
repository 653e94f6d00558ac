import { webhookBehaviour } from "../webhook-rules.ts";

/** Models kubernetes pkg/registry/admissionregistration/mutatingwebhookconfiguration/strategy.go. */
export const behaviour = webhookBehaviour(true);
