import { bare } from "./bare.ts";
import { cloud } from "./cloud.ts";
import { dockerDesktop } from "./docker-desktop.ts";
import { kind } from "./kind.ts";
import { linux } from "./linux.ts";
import type { Profile, ProfileName } from "./profile.ts";

export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  "docker-desktop": dockerDesktop,
  bare,
  kind,
  linux,
  cloud,
};

export const DEFAULT_PROFILE: ProfileName = "docker-desktop";

export function isProfileName(name: string): name is ProfileName {
  return Object.hasOwn(PROFILES, name);
}

/** The profile of a cluster; names are checked where a user gives them (`isProfileName`), so an unknown one is a fault of ours. */
export function profileOf(name: string): Profile {
  if (!isProfileName(name)) throw new Error(`no profile ${name}`);
  return PROFILES[name];
}
