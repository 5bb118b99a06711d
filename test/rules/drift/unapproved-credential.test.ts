import { judgesUnapproved } from './unapproved.ts';

judgesUnapproved('unapproved-credential', 'credential', { key: 'AK1', found: 'user/app AK1' });
