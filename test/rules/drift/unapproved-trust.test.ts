import { judgesUnapproved } from './unapproved.ts';

judgesUnapproved('unapproved-trust', 'trust', {
  key: 'trusts * by sts:AssumeRole',
  found: 'user/app trusts * by sts:AssumeRole',
});
