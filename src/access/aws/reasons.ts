import type { Reason } from '#model/decision.ts';
import { conditionText } from './condition/parse.ts';
import type { Evaluation } from './evaluation.ts';
import type { GuardrailSide } from './guardrail-side.ts';
import type { Hit, Layer } from './layer.ts';
import { someOf } from './quote.ts';
import type { Truth } from './truth.ts';
import type { Outcome } from './verdict.ts';

/** Says why an evaluation ends as it does, what decides first. */
export function reasonsOf(evaluation: Evaluation, outcome: Outcome): Reason[] {
  switch (outcome.verdict) {
    case 'allowed':
      return allowReasons(evaluation, 'yes');
    case 'denied':
      return denials(evaluation, 'yes').length > 0
        ? denials(evaluation, 'yes')
        : absences(evaluation, outcome);
    case 'conditional':
      return [...denials(evaluation, 'open'), ...limits(evaluation, 'open'), ...allowReasons(evaluation)];
    case 'unknown':
      return [
        ...missing(evaluation),
        ...denials(evaluation, 'unknown'),
        ...limits(evaluation, 'unknown'),
        ...denials(evaluation, 'open'),
        ...allowReasons(evaluation),
      ];
  }
}

interface NamedLayer {
  readonly kind: string;
  readonly name: string;
  readonly layer: Layer;
}

/** The layers that limit, each with the word for its reasons. */
function limitingLayers({ boundary, session, scp, rcp }: Evaluation): NamedLayer[] {
  const levels = (kind: string, name: string, side: GuardrailSide): NamedLayer[] =>
    side.levels.map(({ scopeUid, layer }) => ({ kind, name: `${name} of ${scopeUid}`, layer }));
  return [
    ...levels('rcp', 'resource control policy', rcp),
    ...levels('scp', 'service control policy', scp),
    ...(boundary === null
      ? []
      : [{ kind: 'boundary', name: 'statement of the permissions boundary', layer: boundary }]),
    ...(session === null ? [] : [{ kind: 'session', name: 'session policy', layer: session }]),
  ];
}

/** The statements that deny, or may. */
function denials(evaluation: Evaluation, truth: Truth): Reason[] {
  const own = [...(evaluation.identity?.denies ?? []), ...evaluation.resource.denies];
  return [
    ...own.filter(({ match }) => match.truth === truth).map((hit) => hitReason('deny', hit, evaluation)),
    ...limitingLayers(evaluation).flatMap(({ kind, layer }) =>
      layer.denies
        .filter(({ match }) => match.truth === truth)
        .map((hit) => hitReason(kind, hit, evaluation)),
    ),
  ];
}

/** The limits whose own allow hangs on something. */
function limits(evaluation: Evaluation, truth: Truth): Reason[] {
  return limitingLayers(evaluation)
    .filter(({ layer }) => layer.allow === truth)
    .flatMap(({ kind, layer }) => layer.allows.map((hit) => hitReason(kind, hit, evaluation)));
}

/** The statements that allow; with `yes` only those that are sure. */
function allowReasons(evaluation: Evaluation, truth?: Truth): Reason[] {
  const { isRoot, request, ask, identity, resource } = evaluation;
  const own = isRoot
    ? [{ kind: 'allow', source: request.principal.name, text: 'The root user may do everything.' }]
    : [];
  if (ask.action === 'sts:getcalleridentity' && truth === 'yes') {
    own.push({ kind: 'allow', source: request.principal.name, text: 'No permission is needed for this.' });
  }
  const hits = [...resource.allows, ...(identity?.allows ?? [])];
  const wanted = hits.filter(({ match }) => truth === undefined || match.truth === truth);
  return [...own, ...wanted.map((hit) => hitReason('allow', hit, evaluation))];
}

/** What does not allow where something would have to. */
function absences(evaluation: Evaluation, { granted }: Outcome): Reason[] {
  const { request, ask, resource, needsResourcePolicy, crossAccount, isRoot } = evaluation;
  const reasons: Reason[] = limitingLayers(evaluation)
    .filter(({ layer }) => layer.allow === 'no')
    .map(({ kind, name }) => ({
      kind,
      source: null,
      text: `No ${name} allows ${request.action}${onText(request.resource)}.`,
    }));
  if (granted !== 'no') return reasons;
  const onResource = Object.values(resource.allow).some((truth) => truth !== 'no');
  if (isRoot && ask.action === 'sts:assumerole') {
    return [{ kind: 'no-allow', source: null, text: 'A root user cannot assume a role.' }];
  }
  if ((needsResourcePolicy || crossAccount) && ask.resource !== null && !onResource) {
    const kind = ask.action.startsWith('sts:') ? 'trust' : 'resource-policy';
    const what = kind === 'trust' ? 'trust policy' : 'resource policy';
    reasons.push({ kind, source: ask.resource, text: `The ${what} of ${ask.resource} does not allow it.` });
  }
  if (evaluation.identity?.allow === 'no') {
    reasons.push({
      kind: 'no-allow',
      source: null,
      text: `No policy of ${request.principal.name} allows ${request.action}${onText(request.resource)}.`,
    });
  }
  if (reasons.length === 0) {
    reasons.push({
      kind: 'no-allow',
      source: null,
      text: `Nothing allows ${request.action}${onText(request.resource)}.`,
    });
  }
  return reasons;
}

/** What was not collected and would decide. */
function missing({
  request,
  ask,
  isAboutOne,
  scp,
  rcp,
  stranger,
  resourceIsRead,
  needsResourcePolicy,
  crossAccount,
}: Evaluation): Reason[] {
  const reasons: Reason[] = [];
  if (stranger)
    reasons.push(absent(`${request.principal.name} is not in the snapshot, so its policies are not known.`));
  if ((needsResourcePolicy || crossAccount) && isAboutOne && !resourceIsRead) {
    reasons.push(absent(`The policy of ${ask.resource} was not collected, and it decides.`));
  }
  for (const [kind, name, side] of [
    ['scp', 'Service control policies', scp],
    ['rcp', 'Resource control policies', rcp],
  ] as const) {
    if (side.missing === null) continue;
    reasons.push({ kind, source: null, text: `${name} of account ${side.missing} were not collected.` });
  }
  return reasons;
}

function absent(text: string): Reason {
  return { kind: 'missing', source: null, text };
}

function hitReason(kind: string, { source, statement, match }: Hit, { request }: Evaluation): Reason {
  if (statement === null) {
    const problem = source.document?.problem ?? null;
    const why = problem === null ? 'was not collected' : `is not understood: ${problem}`;
    return { kind: 'missing', source: source.uid, text: `${upperFirst(source.title)} ${why}.` };
  }
  const number = statement.sid === null ? `statement ${statement.index + 1}` : `statement ${statement.sid}`;
  const does = statement.effect === null ? 'may bear on' : statement.effect === 'Allow' ? 'allows' : 'denies';
  const hangsOn = [
    ...(match.resource === 'yes' ? [] : [`the resource is ${resourcesText(statement)}`]),
    ...match.unsettled.map(conditionText),
    ...(statement.problem === null ? [] : [`it is as understood: ${statement.problem}`]),
  ];
  const suffix = hangsOn.length === 0 ? '' : ` if ${hangsOn.join(' and ')}`;
  const text = `${upperFirst(source.title)}, ${number}, ${does} ${request.action}${onText(request.resource)}${suffix}.`;
  return { kind, source: source.uid, text };
}

function resourcesText({ resources }: NonNullable<Hit['statement']>): string {
  return `${resources?.negated === true ? 'none of ' : ''}${someOf(resources?.texts ?? [])}`;
}

function onText(resource: string | null): string {
  return resource === null ? '' : ` on ${resource}`;
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
