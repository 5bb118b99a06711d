import type { AwsAssumptions } from '#access/aws/estate.ts';
import type { AccessRecords, CloudRequest } from '#access/engine.ts';
import type { Decision } from '#model/decision.ts';
import type { System } from '#model/system.ts';
import type { Question } from './question.ts';

/** Answers questions about the records that it was built on. */
export type Answerer = (question: Question) => Decision;

/** Loads one system's engine and builds it on the records; the assumptions are for AWS. */
export async function answererFor(
  system: System,
  records: AccessRecords,
  assumptions: AwsAssumptions,
): Promise<Answerer> {
  switch (system) {
    case 'kubernetes': {
      const { kubernetesAccess } = await import('#access/kubernetes/index.ts');
      const access = kubernetesAccess(records);
      return (question) =>
        question.system === 'kubernetes' ? access.decide(question.request) : misplaced(question);
    }
    case 'aws': {
      const { awsAccess } = await import('#access/aws/index.ts');
      return cloud(awsAccess(records, assumptions));
    }
    case 'azure': {
      const { azureAccess } = await import('#access/azure/index.ts');
      return cloud(azureAccess(records));
    }
    case 'gcp': {
      const { gcpAccess } = await import('#access/gcp/index.ts');
      return cloud(gcpAccess(records));
    }
  }
}

function cloud(access: { readonly decide: (request: CloudRequest) => Decision }): Answerer {
  return (question) =>
    question.system === 'kubernetes' ? misplaced(question) : access.decide(question.request);
}

function misplaced(question: Question): never {
  throw new Error(`a question for ${question.system} was put to another system's engine`);
}
