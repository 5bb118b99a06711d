import type { ScreenSet } from '../screen.ts';
import { coverage } from './coverage.ts';
import { drift } from './drift.ts';
import { finding } from './finding.ts';
import { findings } from './findings.ts';
import { gap } from './gap.ts';
import { history } from './history.ts';
import { identities } from './identities.ts';
import { identity } from './identity.ts';
import { overview } from './overview.ts';
import { paths } from './paths.ts';
import { plan } from './plan.ts';
import { revocation } from './revocation.ts';
import { revocations } from './revocations.ts';
import { rule } from './rule.ts';
import { rules } from './rules.ts';

/** Every place of the dashboard. */
export const SCREENS: ScreenSet = {
  tabs: [overview, findings, identities, paths, drift, revocations, coverage, rules],
  inner: [finding, identity, history, plan, revocation, gap, rule],
  aliases: {
    overview: ['home', 'kpi'],
    findings: ['f', 'issues'],
    identities: ['i', 'ids', 'nhi'],
    paths: ['p', 'escalation'],
    drift: ['d', 'changes'],
    revocations: ['rev', 'revoke'],
    coverage: ['cov', 'gaps'],
    rules: ['checks'],
  },
};
