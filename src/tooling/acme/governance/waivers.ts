import { stringify } from 'yaml';
import { DEV, PROD, roleArn, userArn } from '../aws/account.ts';

interface Waiver {
  readonly id: string;
  readonly rule: string;
  readonly selector: { readonly identity: string };
  readonly reason: string;
  readonly compensating_control: string;
  readonly owner: string;
  readonly approver: string;
  readonly ticket: string;
  readonly created: string;
  readonly expires: string;
}

const BREAK_GLASS = {
  selector: { identity: roleArn(PROD, 'break-glass') },
  reason: 'For the day on which Identity Center does not work; renewed with each rehearsal.',
  compensating_control: 'Every use of the role alarms the security team, and needs a token from the safe.',
  owner: 'security',
  approver: 'mara.lindqvist@acme.example',
  ticket: 'SEC-2207',
  created: '2026-11-12',
  expires: '2026-11-25',
};

const WAIVERS: readonly Waiver[] = [
  { id: 'W-2026-031', rule: 'administrator-equivalent', ...BREAK_GLASS },
  { id: 'W-2026-032', rule: 'broad-built-in-role', ...BREAK_GLASS },
  {
    id: 'W-2026-017',
    rule: 'key-too-old',
    selector: { identity: userArn(DEV, 'svc-chatops', '/service/') },
    reason: 'The chat bot moves to a role when its host is replaced.',
    compensating_control: 'The key reads two queues and nothing else.',
    owner: 'platform',
    approver: 'security',
    ticket: 'PLAT-880',
    created: '2026-08-20',
    expires: '2026-11-10',
  },
  {
    id: 'W-2026-022',
    rule: 'two-active-keys',
    selector: { identity: userArn(DEV, 'svc-jenkins', '/service/') },
    reason: 'Both keys are needed until the old controller is gone.',
    compensating_control: 'The controller is reached from the office network only.',
    owner: 'platform',
    approver: 'platform',
    ticket: 'PLAT-902',
    created: '2026-10-20',
    expires: '2026-12-18',
  },
  {
    id: 'W-2026-009',
    rule: 'no-owner',
    selector: { identity: roleArn(DEV, 'hackday-2025') },
    reason: 'Kept for the next hack day.',
    compensating_control: 'Its instances are stopped.',
    owner: 'data',
    approver: 'security',
    ticket: 'DATA-141',
    created: '2026-06-01',
    expires: '2027-05-31',
  },
  {
    id: 'W-2026-028',
    rule: 'two-active-keys',
    selector: { identity: userArn(PROD, 'svc-soap-bridge', '/service/') },
    reason: 'Its key was being rotated.',
    compensating_control: 'Its key is used from one address.',
    owner: 'payments',
    approver: 'security',
    ticket: 'PAY-377',
    created: '2026-11-02',
    expires: '2026-11-30',
  },
];

/** The waivers that Acme keeps; `../planted-governance.ts` says what is wrong with some of them. */
export function waivers(): string {
  return `# What Acme has agreed to live with for a while. Days are held against the scan's own time.\n${stringify(
    WAIVERS,
    { lineWidth: 0, aliasDuplicateObjects: false },
  )}`;
}
