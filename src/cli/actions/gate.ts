import { baselineText } from '#gate/baseline.ts';
import { decide } from '#gate/decide.ts';
import { failOnAll, type GatePolicy } from '#gate/policy.ts';
import { countGapsOfNoScope, countRuleResults, readCoverage } from '#gate/read-coverage.ts';
import { readKpis } from '#gate/read-kpis.ts';
import { readFindings } from '#gate/read-findings.ts';
import type { GateVerdict } from '#gate/verdict.ts';
import { readWaivers } from '#gate/waivers/read-waivers.ts';
import { dayOf, type Day } from '#gate/waivers/waiver.ts';
import type { Snapshot } from '#store/read/open-snapshot.ts';
import type { GateOptions } from '../commands/gate.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { chooseBaseline } from '../gate-baseline.ts';
import { loadPolicy } from '../gate-policy.ts';
import { note, print, type Io } from '../io.ts';
import { onSnapshot, type Settings } from '../settings.ts';
import { gateJson } from './gate-json.ts';
import type { GateStory } from './gate-story.ts';
import { gateText } from './gate-text.ts';
import { outFiles, writeOut } from './out-files.ts';

/** `nhi gate` */
export function gateAction(options: GateOptions, io: Io): Promise<ExitCode> {
  const files = outFiles(options.out, ['json']);
  return onSnapshot(options, io, async (snapshot, settings) => {
    const story = await judge(options, io, snapshot, settings);
    const { verdict } = story;
    if (options.writeBaseline !== undefined) {
      // What is waived stays out: else it would pass for ever when its waiver is over.
      const accepted = verdict.findings.filter(({ outcome }) => outcome !== 'waived');
      await writeOut(options.writeBaseline, baselineText(accepted), io);
      await print(io, `Baseline of ${accepted.length} findings written to ${options.writeBaseline}\n`);
      return EXIT.fine;
    }
    await print(io, gateText(story, options, io));
    for (const { file } of files) {
      await writeOut(file, gateJson(story), io);
      if (options.quiet !== true) await note(io, `json: ${file}`);
    }
    return codeOf(verdict);
  });
}

/** Holds a snapshot against the policy, with the baseline and the waivers that it names. Throws ConfigError, UsageError. */
export async function judge(
  options: GateOptions,
  io: Io,
  snapshot: Snapshot,
  settings: Settings,
): Promise<GateStory> {
  const { config, dataDir } = settings;
  const loaded = await loadPolicy(options.policy, config, io);
  const policy = withOptions(loaded.policy, options);
  const baseline =
    options.writeBaseline === undefined
      ? await chooseBaseline(options, io, { ...loaded, snapshot: snapshot.info.id, dataDir })
      : null;
  const on = laterDay(io.now().toISOString(), snapshot.info.asOf);
  const verdict = decide({
    policy,
    findings: await readFindings(snapshot),
    ruleResults: await countRuleResults(snapshot),
    scopes: await readCoverage(snapshot),
    waivers: await readWaivers(config.waivers),
    kpis: policy.kpis.length === 0 ? [] : await readKpis(snapshot),
    baseline: baseline?.findings ?? null,
    on,
  });
  const gapsOfNoScope = await countGapsOfNoScope(snapshot);
  const { id, asOf } = snapshot.info;
  return { verdict, policy, policyFile: loaded.file, snapshot: { id, asOf }, on, baseline, gapsOfNoScope };
}

function withOptions(policy: GatePolicy, { failOn, failOnDrift, minCoverage }: GateOptions): GatePolicy {
  const all = failOn === undefined ? policy.failOn : failOnAll(failOn);
  return {
    ...policy,
    failOn: failOnDrift === true ? { ...all, drift: 'info' } : all,
    ...(minCoverage === undefined ? {} : { minCoverage }),
  };
}

/** Waivers end by the calendar, however old the snapshot is. */
function laterDay(now: string, asOf: string): Day {
  return dayOf(now > asOf ? now : asOf);
}

/** The exit code of a verdict. */
export function codeOf({ passed, causes }: GateVerdict): ExitCode {
  if (passed) return EXIT.fine;
  if (causes.includes('expired-waivers')) return EXIT.waiverExpired;
  return causes.every((cause) => cause === 'coverage') ? EXIT.incomplete : EXIT.gateFailed;
}
