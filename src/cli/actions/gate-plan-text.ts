import { basename } from 'node:path';
import type { PlanCause } from '#gate/plan/judge-plan.ts';
import type { Io } from '../io.ts';
import type { CommonOptions } from '../options.ts';
import { paintFor } from '../terminal/colour.ts';
import { sanitise } from '../terminal/sanitise.ts';
import { widthOf } from '../terminal/width.ts';
import { wrap } from '../terminal/wrap.ts';
import { changeText, gains, losses, pathText, weakened, type PlanStory } from './gate-plan-story.ts';

const SHOWN = 15;

/** A part of the verdict: a title and its lines. */
export interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

/** The verdict for people: pass or fail, why, who gains and loses what, what to do. */
export function gatePlanText(story: PlanStory, options: CommonOptions, io: Io): string {
  const paint = paintFor(io, 'stdout', options.color);
  const width = widthOf(io);
  const word = story.verdict.passed ? paint.green(paint.bold('PASS')) : paint.red(paint.bold('FAIL'));
  const lines = sectionsOf(story).flatMap(({ title, lines: texts }) => [
    '',
    paint.bold(title),
    ...texts.slice(0, SHOWN).map((text) => wrap(`  ${sanitise(text)}`, width, '    ')),
    ...(texts.length > SHOWN ? [paint.dim(`  and ${texts.length - SHOWN} more`)] : []),
  ]);
  return [`${word}  ${sanitise(headline(story))}`, ...lines, ''].join('\n');
}

/** What was judged, over what, by what. */
export function headline({ files, snapshot, policyFile }: PlanStory): string {
  const by = policyFile === null ? 'the default policy' : basename(policyFile);
  return `${files.join(' and ')} over snapshot ${snapshot.id} as of ${snapshot.asOf}, by ${by}`;
}

/** Every part that has something to say, in order. */
export function sectionsOf(story: PlanStory): Section[] {
  const { verdict, sourcesOf } = story;
  const by = (uid: string): string => {
    const sources = sourcesOf(uid);
    return sources.length === 0
      ? ''
      : `, by ${sources.slice(0, 3).join(', ')}${sources.length > 3 ? ', …' : ''}`;
  };
  const line = (change: Parameters<typeof changeText>[0]): string =>
    `${change.identityUid}: ${changeText(change)}${by(change.identityUid)}`;
  const nothing = verdict.changes.length === 0 ? ['nobody’s access changes'] : [];
  return [
    { title: 'Why', lines: verdict.causes.map((cause) => causeText(cause, story)) },
    {
      title: 'New paths to administrator',
      lines: verdict.newPaths.map((path) => `${path.identity}: ${pathText(path)}${by(path.identity)}`),
    },
    { title: 'Guardrails weakened', lines: weakened(verdict).map(line) },
    {
      title: 'Gained',
      lines: gains(verdict)
        .filter(({ kind }) => kind !== 'guardrail')
        .map(line),
    },
    {
      title: 'Lost',
      lines: [
        ...verdict.lostPaths.map((path) => `${path.identity}: no path to administrator any more`),
        ...losses(verdict).map(line),
      ],
    },
    { title: 'Not known', lines: verdict.unknowns.map(({ address, what }) => `${address}: ${what}`) },
    { title: 'Effective access', lines: nothing },
    { title: 'What to do', lines: nextSteps(story) },
  ].filter(({ lines }) => lines.length > 0);
}

function causeText(cause: PlanCause, { verdict }: PlanStory): string {
  const failing = verdict.changes.filter(({ outcome }) => outcome === 'fails');
  const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
  switch (cause) {
    case 'new-paths':
      return counted(verdict.newPaths.length, 'new path') + ' to administrator';
    case 'capabilities': {
      const gained = failing.filter(({ kind, after }) => kind === 'entitlement' && after !== 'unknown');
      const who = new Set(gained.map(({ identityUid }) => identityUid)).size;
      const what = [...new Set(gained.map(({ key }) => key.slice(0, key.indexOf(' on '))))].toSorted();
      return `${who === 1 ? '1 identity gains' : `${who} identities gain`} what the policy holds back: ${what.join(', ')}`;
    }
    case 'guardrails':
      return counted(failing.filter(({ kind }) => kind === 'guardrail').length, 'guardrail') + ' weakened';
    case 'open-grants':
      return (
        counted(failing.filter(({ kind }) => kind === 'open-grant').length, 'grant') +
        ' to everyone or to somebody outside'
      );
    case 'unknowns':
      return 'not everything is known before it is applied, and the policy does not tolerate that';
  }
}

function nextSteps({ verdict }: PlanStory): string[] {
  const steps: Readonly<Record<PlanCause, string>> = {
    'new-paths': 'Break the path: take away one permission of a step, name the resource, or add a boundary.',
    capabilities: 'Give less: name the actions and resources that are needed.',
    guardrails: 'Keep the guardrail, or have the change approved apart from this one.',
    'open-grants': 'Name who needs it.',
    unknowns: 'Write documents and names so that a plan shows them, or apply in two steps.',
  };
  const allow = 'Where it is meant: allow it under `plan:` in gate.yaml, in a change that is reviewed.';
  return verdict.passed ? [] : [...verdict.causes.map((cause) => steps[cause]), allow];
}
