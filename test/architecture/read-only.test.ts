import { describe, expect, it } from 'vitest';
import { importsOf, sourceFiles, textOf } from './source-files.ts';

const files = sourceFiles('.ts').filter((file) => file.startsWith('collectors/'));

/** Calls that change a system, by the verb that SDKs and clients name them with. */
const MUTATING_CALL =
  /\b(?:new\s+)?(?:Put|Create|Delete|Update|Attach|Detach|Add|Remove|Set|Enable|Disable|Tag|Untag|Upload|Deactivate|Reset)[A-Z][A-Za-z]*Command\b|\.(?:create|replace|patch|delete)(?:Namespaced|Cluster)[A-Z]\w*\(|\bmethod:\s*['"](?:PUT|PATCH|DELETE)['"]|\.(?:setIamPolicy|createOrUpdate|beginDelete|beginCreate)\w*\(/u;

/** Ways of writing or running something on this machine. */
const WRITING_NAME =
  /\b(?:writeFile|writeFileSync|appendFile|createWriteStream|mkdir|rm|rmSync|unlink|rename|chmod|truncate|copyFile)\s*\(/u;

describe('collectors', () => {
  it('are there to be looked at', () => {
    expect(files.length).toBeGreaterThan(5);
  });

  it('call nothing that changes a system', () => {
    expect(files.filter((file) => MUTATING_CALL.test(textOf(file)))).toEqual([]);
  });

  it('write no files and start no programs', () => {
    expect(files.filter((file) => WRITING_NAME.test(textOf(file)))).toEqual([]);
    expect(
      files.filter((file) =>
        importsOf(file).some(({ specifier }) =>
          /^(?:node:)?(?:child_process|worker_threads|cluster)$/u.test(specifier),
        ),
      ),
    ).toEqual([]);
  });

  it('would be caught calling a mutating command', () => {
    expect('client.send(new DeleteAccessKeyCommand({}))').toMatch(MUTATING_CALL);
    expect('api.patchNamespacedRoleBinding(x)').toMatch(MUTATING_CALL);
    expect("request({ method: 'DELETE' })").toMatch(MUTATING_CALL);
  });
});
