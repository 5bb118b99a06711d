import { arn } from '../../estates/aws.ts';
import { judgesUnapproved } from './unapproved.ts';

judgesUnapproved('unapproved-identity', 'identity', { key: arn('user/app'), found: 'user/app' });
