import { Option } from 'commander';
import { withCommon, type CommonOptions } from '../options.ts';
import type { Define } from '../program.ts';

export interface DoctorOptions extends CommonOptions {
  readonly format: 'text' | 'json';
}

/** `nhi doctor` */
export const defineDoctor: Define = (program, io, perform) => {
  withCommon(program.command('doctor'))
    .summary('check that everything needed is there and readable')
    .description(
      'Checks the program, the configuration, the rules, the data folder and every snapshot in it, and asks each live ' +
        'target which of the rights that a scan needs are there.',
    )
    .addOption(new Option('--format <format>', 'text or json').choices(['text', 'json']).default('text'))
    .action(async (options: DoctorOptions) => {
      const { doctorAction } = await import('../actions/doctor.ts');
      await perform(doctorAction(options, io));
    });
};
