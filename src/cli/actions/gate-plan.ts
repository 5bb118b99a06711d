import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collectors } from '#collectors/index.ts';
import { judgePlan } from '#gate/plan/judge-plan.ts';
import { deployment } from '#iac/index.ts';
import { UsageError } from '#model/errors.ts';
import type { GateOptions } from '../commands/gate.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { loadPolicy } from '../gate-policy.ts';
import { note, print, type Io } from '../io.ts';
import { onSnapshot } from '../settings.ts';
import { VERSION } from '../version.ts';
import { gatePlanJson } from './gate-plan-json.ts';
import { gatePlanMarkdown } from './gate-plan-markdown.ts';
import { gatePlanSarif } from './gate-plan-sarif.ts';
import type { PlanStory } from './gate-plan-story.ts';
import { gatePlanText } from './gate-plan-text.ts';
import { outFiles, writeOut } from './out-files.ts';

const FORMATS = { json: gatePlanJson, sarif: gatePlanSarif, markdown: gatePlanMarkdown } as const;

/** `nhi gate --plan FILE --manifests DIR`: the difference in effective access that deploying makes. */
export function gatePlanAction(options: GateOptions, io: Io): Promise<ExitCode> {
  refuseOthers(options);
  // The keys are the formats.
  const files = outFiles(options.out, Object.keys(FORMATS) as (keyof typeof FORMATS)[]);
  return onSnapshot(options, io, async (base, { config }) => {
    const { policy, file } = await loadPolicy(options.policy, config, io);
    const folder = await mkdtemp(join(tmpdir(), 'nhi-'));
    try {
      const found = await deployment({
        base,
        plan: options.plan ?? null,
        manifests: options.manifests ?? null,
        cluster: options.cluster ?? null,
        cwd: io.cwd,
        collectors,
        folder,
        toolVersion: VERSION,
        signal: io.signal,
      });
      const story: PlanStory = {
        verdict: judgePlan(found, policy.plan),
        files: [options.plan, options.manifests].filter((each) => each !== undefined),
        snapshot: { id: base.info.id, asOf: base.info.asOf },
        policyFile: file,
        sourcesOf: found.sourcesOf,
        toolVersion: VERSION,
      };
      await print(io, gatePlanText(story, options, io));
      for (const { format, file: path } of files) {
        await writeOut(path, FORMATS[format](story), io);
        if (options.quiet !== true) await note(io, `${format}: ${path}`);
      }
      return story.verdict.passed ? EXIT.fine : EXIT.gateFailed;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

/** Those speak of findings, which a plan has none of. */
function refuseOthers(options: GateOptions): void {
  const others = ['failOn', 'newOnly', 'baseline', 'writeBaseline', 'minCoverage'] as const;
  const given = others.find((each) => options[each] !== undefined);
  if (given === undefined) return;
  const flag = `--${given.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`;
  throw new UsageError(`${flag} does not go with --plan and --manifests`, {
    hint: 'What a plan may change stands under `plan:` in the policy file.',
  });
}
