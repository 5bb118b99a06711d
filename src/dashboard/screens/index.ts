import type { ScreenSet } from '../screen.ts';
import { finding } from './finding.ts';
import { findings } from './findings.ts';
import { identities } from './identities.ts';
import { identity } from './identity.ts';

/** Every place of the dashboard. */
export const SCREENS: ScreenSet = {
  tabs: [findings, identities],
  inner: [finding, identity],
  aliases: {},
};
