import * as fc from 'fast-check';

/**
 * The same examples at every run, so that a failure is a change's own; `NHI_SEED=random` looks for new ones. What it
 * finds becomes a case of its own.
 */
const wanted = process.env['NHI_SEED'];
if (wanted !== 'random')
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(wanted ?? 20_261_120) });
